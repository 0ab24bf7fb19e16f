namespace Fathom.Wire.Internet;

/// <summary>The layout of each registered IPv4 option.</summary>
public static class Ipv4OptionLayouts
{
    private const string Rfc791 = "RFC 791 §3.1";

    private static readonly FieldSpec[] Framing = [new("type", 0, 8, Rfc791), new("length", 8, 8, Rfc791)];
    private static readonly FieldSpec[] Address = [new("address", 0, 32, Rfc791)];

    private static readonly ElementLayout EndOfList = new("endOfOptions", Rfc791, [Framing[0]]);
    private static readonly ElementLayout NoOperation = new("noOperation", Rfc791, [Framing[0]]);
    private static readonly ElementLayout RecordRoute = Route("recordRoute");
    private static readonly ElementLayout LooseSourceRoute = Route("looseSourceRoute");
    private static readonly ElementLayout StrictSourceRoute = Route("strictSourceRoute");

    private static readonly FieldSpec[] TimestampRows =
        [.. Framing, new("pointer", 16, 8, Rfc791), new("overflow", 24, 4, Rfc791), new("flag", 28, 4, Rfc791)];

    private static readonly ElementLayout Timestamps = new("timestamp", Rfc791, TimestampRows, [new("timestamp", 0, 32, Rfc791)]);

    private static readonly ElementLayout AddressedTimestamps =
        new("timestamp", Rfc791, TimestampRows, [.. Address, new("timestamp", 32, 32, Rfc791)]);

    private static readonly ElementLayout RouterAlert = new("routerAlert", "RFC 2113 §2.1", [.. Framing, new("value", 16, 16, "RFC 2113 §2.1")]);

    private static readonly ElementLayout QuickStart = new(
        "quickStart",
        "RFC 4782 §3.1",
        [
            .. Framing, new("function", 16, 4, "RFC 4782 §3.1"), new("rate", 20, 4, "RFC 4782 §3.1"), new("timeToLive", 24, 8, "RFC 4782 §3.1"),
            new("nonce", 32, 30, "RFC 4782 §3.1"), new("reserved", 62, 2, "RFC 4782 §3.1"),
        ]);

    private static readonly ElementLayout Security = new(
        "security",
        "RFC 1108 §2",
        [.. Framing, new("classification", 16, 8, "RFC 1108 §2.3")],
        [
            new("genser", 0, 1, "RFC 1108 §2.4"), new("siopEsi", 1, 1, "RFC 1108 §2.4"), new("sci", 2, 1, "RFC 1108 §2.4"), new("nsa", 3, 1, "RFC 1108 §2.4"),
            new("doe", 4, 1, "RFC 1108 §2.4"), new("unassigned", 5, 2, "RFC 1108 §2.4"), new("more", 7, 1, "RFC 1108 §2.4"),
        ]);

    private static readonly ElementLayout ExtendedSecurity = new(
        "extendedSecurity", "RFC 1108 §3", [.. Framing, new("formatCode", 16, 8, "RFC 1108 §3.3")], rest: "information");

    private static readonly ElementLayout CommercialSecurity = new(
        "commercialSecurity", "FIPS 188", [.. Framing, new("domainOfInterpretation", 16, 32, "FIPS 188")], rest: "tags");

    private static readonly ElementLayout StreamId = new("streamId", Rfc791, [.. Framing, new("stream", 16, 16, Rfc791)]);
    private static readonly ElementLayout MtuProbe = new("mtuProbe", "RFC 1063 §3.1", [.. Framing, new("mtu", 16, 16, "RFC 1063 §3.1")]);
    private static readonly ElementLayout MtuReply = new("mtuReply", "RFC 1063 §3.1", [.. Framing, new("mtu", 16, 16, "RFC 1063 §3.1")]);

    private static readonly ElementLayout Traceroute = new(
        "traceroute",
        "RFC 1393 §2.2",
        [
            .. Framing, new("identifier", 16, 16, "RFC 1393 §2.2"), new("outboundHops", 32, 16, "RFC 1393 §2.2"),
            new("returnHops", 48, 16, "RFC 1393 §2.2"), new("originator", 64, 32, "RFC 1393 §2.2"),
        ]);

    private static readonly ElementLayout ExperimentalMeasurement = Opaque("experimentalMeasurement");
    private static readonly ElementLayout Encode = Opaque("encode", "RFC 6814");
    private static readonly ElementLayout Visa = Opaque("visa", "RFC 6814");
    private static readonly ElementLayout ImiTrafficDescriptor = Opaque("imiTrafficDescriptor");
    private static readonly ElementLayout ExtendedInternetProtocol = Opaque("extendedInternetProtocol", "RFC 1385");
    private static readonly ElementLayout AddressExtension = Opaque("addressExtension", "RFC 6814");

    private static readonly ElementLayout SelectiveDirectedBroadcast =
        new("selectiveDirectedBroadcast", "RFC 1770", Framing, [new("address", 0, 32, "RFC 1770")]);

    private static readonly ElementLayout DynamicPacketState = Opaque("dynamicPacketState", "RFC 6814");
    private static readonly ElementLayout UpstreamMulticast = Opaque("upstreamMulticast", "RFC 6814");
    private static readonly ElementLayout ExperimentalFlowControl = Opaque("experimentalFlowControl");
    private static readonly ElementLayout Experiment = Opaque("experiment", "RFC 4727 §3");
    private static readonly ElementLayout Unknown = Opaque("option");

    /// <summary>The layout of an option; of one that is not registered, type, length and the rest.</summary>
    /// <param name="option">The option. A timestamp option's flag decides whether addresses stand between its timestamps.</param>
    public static ElementLayout Of(Ipv4Option option) => option.Type switch
    {
        Ipv4OptionType.EndOfList => EndOfList,
        Ipv4OptionType.NoOperation => NoOperation,
        Ipv4OptionType.RecordRoute => RecordRoute,
        Ipv4OptionType.LooseSourceRoute => LooseSourceRoute,
        Ipv4OptionType.StrictSourceRoute => StrictSourceRoute,
        // RFC 791 §3.1: flag 0 has timestamps alone; 1 and 3 have an address before each.
        Ipv4OptionType.Timestamp => option.Bytes.Length > 3 && (option.Bytes[3] & 0x0F) is 1 or 3 ? AddressedTimestamps : Timestamps,
        Ipv4OptionType.RouterAlert => RouterAlert,
        Ipv4OptionType.QuickStart => QuickStart,
        Ipv4OptionType.Security => Security,
        Ipv4OptionType.ExtendedSecurity => ExtendedSecurity,
        Ipv4OptionType.CommercialSecurity => CommercialSecurity,
        Ipv4OptionType.StreamId => StreamId,
        Ipv4OptionType.MtuProbe => MtuProbe,
        Ipv4OptionType.MtuReply => MtuReply,
        Ipv4OptionType.Traceroute => Traceroute,
        Ipv4OptionType.ExperimentalMeasurement => ExperimentalMeasurement,
        Ipv4OptionType.Encode => Encode,
        Ipv4OptionType.Visa => Visa,
        Ipv4OptionType.ImiTrafficDescriptor => ImiTrafficDescriptor,
        Ipv4OptionType.ExtendedInternetProtocol => ExtendedInternetProtocol,
        Ipv4OptionType.AddressExtension => AddressExtension,
        Ipv4OptionType.SelectiveDirectedBroadcast => SelectiveDirectedBroadcast,
        Ipv4OptionType.DynamicPacketState => DynamicPacketState,
        Ipv4OptionType.UpstreamMulticast => UpstreamMulticast,
        Ipv4OptionType.ExperimentalFlowControl => ExperimentalFlowControl,
        Ipv4OptionType.Experiment30 or Ipv4OptionType.Experiment94 or Ipv4OptionType.Experiment158 or Ipv4OptionType.Experiment222 => Experiment,
        _ => Unknown,
    };

    private static ElementLayout Route(string name) => new(name, Rfc791, [.. Framing, new("pointer", 16, 8, Rfc791)], Address);

    private static ElementLayout Opaque(string name, string spec = "IANA IP option numbers") => new(name, spec, Framing, rest: "data");
}
