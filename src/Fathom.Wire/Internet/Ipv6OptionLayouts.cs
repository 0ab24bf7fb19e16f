namespace Fathom.Wire.Internet;

/// <summary>The layout of each registered option of hop-by-hop and destination options headers.</summary>
public static class Ipv6OptionLayouts
{
    private const string Rfc8200 = "RFC 8200 §4.2";

    private static readonly FieldSpec[] Framing = [new("type", 0, 8, Rfc8200), new("length", 8, 8, Rfc8200)];

    private static readonly ElementLayout Pad1 = new("pad1", Rfc8200, [Framing[0]]);
    private static readonly ElementLayout PadN = new("padN", Rfc8200, Framing);

    private static readonly ElementLayout TunnelEncapsulationLimit =
        new("tunnelEncapsulationLimit", "RFC 2473 §4.1.1", [.. Framing, new("limit", 16, 8, "RFC 2473 §4.1.1")]);

    private static readonly ElementLayout RouterAlert = new("routerAlert", "RFC 2711 §2.1", [.. Framing, new("value", 16, 16, "RFC 2711 §2.1")]);

    private static readonly ElementLayout JumboPayload = new("jumboPayload", "RFC 2675 §2", [.. Framing, new("payloadLength", 16, 32, "RFC 2675 §2")]);

    private static readonly ElementLayout HomeAddress = new("homeAddress", "RFC 6275 §6.3", [.. Framing, new("address", 16, 128, "RFC 6275 §6.3")]);

    private static readonly ElementLayout Calipso = new(
        "calipso",
        "RFC 5570 §5.1",
        [
            .. Framing, new("domainOfInterpretation", 16, 32, "RFC 5570 §5.1"), new("compartmentLength", 48, 8, "RFC 5570 §5.1"),
            new("sensitivityLevel", 56, 8, "RFC 5570 §5.1"), new("checksum", 64, 16, "RFC 5570 §5.1"),
        ],
        rest: "compartments");

    private static readonly ElementLayout MinimumPathMtu = new(
        "minimumPathMtu",
        "RFC 9268 §5",
        [.. Framing, new("minimumMtu", 16, 16, "RFC 9268 §5"), new("returnMtu", 32, 15, "RFC 9268 §5"), new("returnRequested", 47, 1, "RFC 9268 §5")]);

    private static readonly ElementLayout Rpl = new(
        "rpl",
        "RFC 6553 §3",
        [
            .. Framing, new("down", 16, 1, "RFC 6553 §3"), new("rankError", 17, 1, "RFC 6553 §3"), new("forwardingError", 18, 1, "RFC 6553 §3"),
            new("reserved", 19, 5, "RFC 6553 §3"), new("instance", 24, 8, "RFC 6553 §3"), new("senderRank", 32, 16, "RFC 6553 §3"),
        ],
        rest: "subOptions");

    private static readonly ElementLayout Ioam = new(
        "ioam", "RFC 9486 §3", [.. Framing, new("reserved", 16, 8, "RFC 9486 §3"), new("optionType", 24, 8, "RFC 9197 §4.1")], rest: "data");

    private static readonly ElementLayout AlternateMarking = new(
        "alternateMarking",
        "RFC 9343 §3.1",
        [
            .. Framing, new("flowMonitoring", 16, 20, "RFC 9343 §3.1"), new("loss", 36, 1, "RFC 9343 §3.1"), new("delay", 37, 1, "RFC 9343 §3.1"),
            new("reserved", 38, 10, "RFC 9343 §3.1"),
        ]);

    private static readonly ElementLayout PerformanceMetrics = new(
        "performanceMetrics",
        "RFC 8250 §3.2",
        [
            .. Framing, new("scaleReceived", 16, 8, "RFC 8250 §3.2"), new("scaleSent", 24, 8, "RFC 8250 §3.2"), new("sequenceThis", 32, 16, "RFC 8250 §3.2"),
            new("sequenceLast", 48, 16, "RFC 8250 §3.2"), new("deltaReceived", 64, 16, "RFC 8250 §3.2"), new("deltaSent", 80, 16, "RFC 8250 §3.2"),
        ]);

    private static readonly ElementLayout QuickStart = new(
        "quickStart",
        "RFC 4782 §3.2",
        [
            .. Framing, new("function", 16, 4, "RFC 4782 §3.2"), new("rate", 20, 4, "RFC 4782 §3.2"), new("timeToLive", 24, 8, "RFC 4782 §3.2"),
            new("nonce", 32, 30, "RFC 4782 §3.2"), new("reserved", 62, 2, "RFC 4782 §3.2"),
        ]);

    private static readonly ElementLayout LineIdentification = new(
        "lineIdentification", "RFC 6788 §8", [.. Framing, new("identifierLength", 16, 8, "RFC 6788 §8")], rest: "identifier");

    private static readonly ElementLayout DepthFirstForwarding = new(
        "depthFirstForwarding",
        "RFC 6971 §9",
        [
            .. Framing, new("version", 16, 2, "RFC 6971 §9"), new("duplicate", 18, 1, "RFC 6971 §9"), new("returned", 19, 1, "RFC 6971 §9"),
            new("reserved", 20, 4, "RFC 6971 §9"), new("sequenceNumber", 24, 16, "RFC 6971 §9"),
        ]);

    private static readonly ElementLayout DuplicatePacketDetection = new(
        "duplicatePacketDetection",
        "RFC 6621 §6.1.1",
        [
            .. Framing, new("hash", 16, 1, "RFC 6621 §6.1.1"), new("taggerType", 17, 3, "RFC 6621 §6.1.1"), new("taggerLength", 20, 4, "RFC 6621 §6.1.1"),
        ],
        rest: "identifier");

    private static readonly ElementLayout HashedPacketDetection = new(
        "duplicatePacketDetection", "RFC 6621 §6.1.1", [.. Framing, new("hash", 16, 1, "RFC 6621 §6.1.1")], rest: "assistValue");

    private static readonly ElementLayout Mpl = new(
        "mpl",
        "RFC 7731 §6.1",
        [
            .. Framing, new("seedLength", 16, 2, "RFC 7731 §6.1"), new("largestSequence", 18, 1, "RFC 7731 §6.1"), new("version", 19, 1, "RFC 7731 §6.1"),
            new("reserved", 20, 4, "RFC 7731 §6.1"), new("sequence", 24, 8, "RFC 7731 §6.1"),
        ],
        rest: "seed");

    private static readonly ElementLayout EndpointIdentification = Opaque("endpointIdentification", "IANA IPv6 parameters");
    private static readonly ElementLayout IlnpNonce = new("ilnpNonce", "RFC 6744 §2", Framing, rest: "nonce");
    private static readonly ElementLayout Deprecated = Opaque("deprecated", "IANA IPv6 parameters");
    private static readonly ElementLayout Experiment = Opaque("experiment", "RFC 4727 §5");
    private static readonly ElementLayout Unknown = Opaque("option", Rfc8200);

    /// <summary>The layout of an option; of one that is not registered, type, length and the rest.</summary>
    /// <param name="option">The option. A bit of duplicate packet detection's decides what it has.</param>
    public static ElementLayout Of(Ipv6Option option) => option.Type switch
    {
        Ipv6OptionType.Pad1 => Pad1,
        Ipv6OptionType.PadN => PadN,
        Ipv6OptionType.TunnelEncapsulationLimit => TunnelEncapsulationLimit,
        Ipv6OptionType.RouterAlert => RouterAlert,
        Ipv6OptionType.Calipso => Calipso,
        Ipv6OptionType.DuplicatePacketDetection
            => option.Data.Length > 0 && (option.Data[0] & 0x80) != 0 ? HashedPacketDetection : DuplicatePacketDetection,
        Ipv6OptionType.PerformanceMetrics => PerformanceMetrics,
        Ipv6OptionType.Ioam or Ipv6OptionType.IoamMutable => Ioam,
        Ipv6OptionType.AlternateMarking => AlternateMarking,
        Ipv6OptionType.Rpl or Ipv6OptionType.RplDeprecated => Rpl,
        Ipv6OptionType.QuickStart => QuickStart,
        Ipv6OptionType.MinimumPathMtu => MinimumPathMtu,
        Ipv6OptionType.Mpl => Mpl,
        Ipv6OptionType.EndpointIdentification => EndpointIdentification,
        Ipv6OptionType.IlnpNonce => IlnpNonce,
        Ipv6OptionType.LineIdentification => LineIdentification,
        Ipv6OptionType.JumboPayload => JumboPayload,
        Ipv6OptionType.HomeAddress => HomeAddress,
        Ipv6OptionType.DepthFirstForwarding => DepthFirstForwarding,
        Ipv6OptionType.Deprecated4D => Deprecated,
        Ipv6OptionType.Experiment1E or Ipv6OptionType.Experiment3E or Ipv6OptionType.Experiment5E or Ipv6OptionType.Experiment7E
            or Ipv6OptionType.Experiment9E or Ipv6OptionType.ExperimentBE or Ipv6OptionType.ExperimentDE or Ipv6OptionType.ExperimentFE => Experiment,
        _ => Unknown,
    };

    private static ElementLayout Opaque(string name, string spec) => new(name, spec, Framing, rest: "data");
}
