namespace Fathom.Wire.Transport;

/// <summary>The layout of each registered TCP option.</summary>
public static class TcpOptionLayouts
{
    private const string Rfc9293 = "RFC 9293 §3.2";
    private const string Scps = "CCSDS 714.0-B-2";
    private const string Registry = "IANA TCP parameters";

    /// <summary>What every option but two begins with.</summary>
    internal static readonly FieldSpec[] Framing = [new("kind", 0, 8, Rfc9293), new("length", 8, 8, Rfc9293)];

    private static readonly ElementLayout EndOfList = new("endOfOptions", Rfc9293, [Framing[0]]);
    private static readonly ElementLayout NoOperation = new("noOperation", Rfc9293, [Framing[0]]);

    // Options with one value are that value; only those with several have fields of their own in a dissection.
    private static readonly ElementLayout MaximumSegmentSize = Single("maximumSegmentSize", "RFC 9293 §3.7.1", "size", 16);
    private static readonly ElementLayout WindowScale = Single("windowScale", "RFC 7323 §2.2", "shift", 8);
    private static readonly ElementLayout SackPermitted = new("sackPermitted", "RFC 2018 §2", Framing);

    private static readonly ElementLayout Sack =
        new("sack", "RFC 2018 §3", Framing, [new("left", 0, 32, "RFC 2018 §3"), new("right", 32, 32, "RFC 2018 §3")]);

    private static readonly ElementLayout Timestamps =
        new("timestamps", "RFC 7323 §3.2", [.. Framing, new("value", 16, 32, "RFC 7323 §3.2"), new("echoReply", 48, 32, "RFC 7323 §3.2")]);

    private static readonly ElementLayout Echo = Single("echo", "RFC 1072 §4", "value", 32);
    private static readonly ElementLayout EchoReply = Single("echoReply", "RFC 1072 §4", "value", 32);
    private static readonly ElementLayout PartialOrderPermitted = new("partialOrderPermitted", "RFC 1693", Framing);

    private static readonly ElementLayout PartialOrderProfile = new(
        "partialOrderProfile", "RFC 1693", [.. Framing, new("start", 16, 1, "RFC 1693"), new("end", 17, 1, "RFC 1693"), new("filler", 18, 6, "RFC 1693")]);

    private static readonly ElementLayout ConnectionCount = Single("connectionCount", "RFC 1644 §3.1", "count", 32);
    private static readonly ElementLayout ConnectionCountNew = Single("connectionCountNew", "RFC 1644 §3.1", "count", 32);
    private static readonly ElementLayout ConnectionCountEcho = Single("connectionCountEcho", "RFC 1644 §3.1", "count", 32);
    private static readonly ElementLayout AlternateChecksumRequest = Single("alternateChecksumRequest", "RFC 1146", "algorithm", 8);
    private static readonly ElementLayout AlternateChecksumData = Opaque("alternateChecksumData", "RFC 1146");
    private static readonly ElementLayout Skeeter = Opaque("skeeter", Registry);
    private static readonly ElementLayout Bubba = Opaque("bubba", Registry);
    private static readonly ElementLayout TrailerChecksum = Opaque("trailerChecksum", Registry);
    private static readonly ElementLayout Md5Signature = new("md5Signature", "RFC 2385 §3.0", Framing, rest: "digest");
    private static readonly ElementLayout SpaceCapabilities = new(
        "spaceCapabilities",
        Scps,
        [
            .. Framing, new("partialReliability", 16, 1, Scps), new("shortSnack", 17, 1, Scps), new("longSnack", 18, 1, Scps), new("compression", 19, 1, Scps),
            new("networkTimestamp", 20, 1, Scps), new("reserved", 21, 3, Scps), new("connectionId", 24, 8, Scps),
        ]);

    private static readonly ElementLayout SelectiveNegativeAcknowledgment = new(
        "selectiveNegativeAcknowledgment", Scps, [.. Framing, new("offset", 16, 16, Scps), new("size", 32, 16, Scps)], rest: "bits");

    private static readonly ElementLayout RecordBoundaries = Opaque("recordBoundaries", Scps);
    private static readonly ElementLayout CorruptionExperienced = Opaque("corruptionExperienced", Scps);
    private static readonly ElementLayout Snap = Opaque("snap", Registry);
    private static readonly ElementLayout CompressionFilter = Opaque("compressionFilter", Registry);

    private static readonly ElementLayout QuickStart = new(
        "quickStart",
        "RFC 4782 §4.2",
        [
            .. Framing, new("reserved", 16, 4, "RFC 4782 §4.2"), new("rate", 20, 4, "RFC 4782 §4.2"), new("timeToLiveDifference", 24, 8, "RFC 4782 §4.2"),
            new("nonce", 32, 30, "RFC 4782 §4.2"), new("reserved2", 62, 2, "RFC 4782 §4.2"),
        ]);

    private static readonly ElementLayout UserTimeout =
        new("userTimeout", "RFC 5482 §3", [.. Framing, new("inMinutes", 16, 1, "RFC 5482 §3"), new("timeout", 17, 15, "RFC 5482 §3")]);

    private static readonly ElementLayout Authentication = new(
        "authentication", "RFC 5925 §2.2", [.. Framing, new("keyId", 16, 8, "RFC 5925 §2.2"), new("nextKeyId", 24, 8, "RFC 5925 §2.2")], rest: "mac");

    private static readonly ElementLayout FastOpen = new("fastOpen", "RFC 7413 §4.1.1", Framing, rest: "cookie");
    private static readonly ElementLayout EncryptionNegotiation = new("encryptionNegotiation", "RFC 8547 §4.1", Framing, rest: "subOptions");
    private static readonly ElementLayout[] AccurateEcn0 = Counters("ect0Octets", "ceOctets", "ect1Octets");
    private static readonly ElementLayout[] AccurateEcn1 = Counters("ect1Octets", "ceOctets", "ect0Octets");
    private static readonly ElementLayout Experiment = new("experiment", "RFC 6994 §3", [.. Framing, new("experimentId", 16, 16, "RFC 6994 §3")], rest: "data");

    private static readonly ElementLayout LongExperiment =
        new("experiment", "RFC 6994 §3", [.. Framing, new("experimentId", 16, 32, "RFC 6994 §3")], rest: "data");

    private static readonly ElementLayout AcknowledgmentRate = new(
        "experiment",
        "draft-ietf-tcpm-ack-rate-request",
        [
            .. Framing, new("experimentId", 16, 16, "RFC 6994 §3"), new("rate", 32, 7, "draft-ietf-tcpm-ack-rate-request"),
            new("reserved", 39, 1, "draft-ietf-tcpm-ack-rate-request"),
        ],
        rest: "data");

    private static readonly ElementLayout MultipathWithoutSubtype = Opaque("multipathTcp", "RFC 8684 §3");
    private static readonly ElementLayout Unknown = Opaque("option", Rfc9293);

    /// <summary>The layout of an option; of one that is not registered, kind, length and the rest.</summary>
    /// <param name="option">The option: of multipath TCP, accurate ECN and experiments its own octets decide what is there.</param>
    public static ElementLayout Of(TcpOption option) => option.Kind switch
    {
        TcpOptionKind.EndOfList => EndOfList,
        TcpOptionKind.NoOperation => NoOperation,
        TcpOptionKind.MaximumSegmentSize => MaximumSegmentSize,
        TcpOptionKind.WindowScale => WindowScale,
        TcpOptionKind.SackPermitted => SackPermitted,
        TcpOptionKind.Sack => Sack,
        TcpOptionKind.Echo => Echo,
        TcpOptionKind.EchoReply => EchoReply,
        TcpOptionKind.Timestamps => Timestamps,
        TcpOptionKind.PartialOrderPermitted => PartialOrderPermitted,
        TcpOptionKind.PartialOrderProfile => PartialOrderProfile,
        TcpOptionKind.ConnectionCount => ConnectionCount,
        TcpOptionKind.ConnectionCountNew => ConnectionCountNew,
        TcpOptionKind.ConnectionCountEcho => ConnectionCountEcho,
        TcpOptionKind.AlternateChecksumRequest => AlternateChecksumRequest,
        TcpOptionKind.AlternateChecksumData => AlternateChecksumData,
        TcpOptionKind.Skeeter => Skeeter,
        TcpOptionKind.Bubba => Bubba,
        TcpOptionKind.TrailerChecksum => TrailerChecksum,
        TcpOptionKind.Md5Signature => Md5Signature,
        TcpOptionKind.SpaceCapabilities => SpaceCapabilities,
        TcpOptionKind.SelectiveNegativeAcknowledgment => SelectiveNegativeAcknowledgment,
        TcpOptionKind.RecordBoundaries => RecordBoundaries,
        TcpOptionKind.CorruptionExperienced => CorruptionExperienced,
        TcpOptionKind.Snap => Snap,
        TcpOptionKind.CompressionFilter => CompressionFilter,
        TcpOptionKind.QuickStart => QuickStart,
        TcpOptionKind.UserTimeout => UserTimeout,
        TcpOptionKind.Authentication => Authentication,
        TcpOptionKind.MultipathTcp => option.Bytes.Length > 2 ? MultipathOptionLayouts.Of(option.Bytes) : MultipathWithoutSubtype,
        TcpOptionKind.FastOpen => FastOpen,
        TcpOptionKind.EncryptionNegotiation => EncryptionNegotiation,
        // RFC 9768 §3.2.3: none, one, two or all three counters, three octets each.
        TcpOptionKind.AccurateEcn0 => AccurateEcn0[Math.Min(option.Data.Length / 3, 3)],
        TcpOptionKind.AccurateEcn1 => AccurateEcn1[Math.Min(option.Data.Length / 3, 3)],
        TcpOptionKind.Experiment1 or TcpOptionKind.Experiment2 => OfExperiment(option.Data),
        _ => Unknown,
    };

    private static ElementLayout OfExperiment(ReadOnlySpan<byte> data)
    {
        if (TcpExperiment.TryRead(data, out var id, out var length) && length == 4) return LongExperiment;
        return id == TcpExperiment.AcknowledgmentRate && data.Length > 2 ? AcknowledgmentRate : Experiment;
    }

    private static ElementLayout Single(string name, string spec, string field, int bits)
        => new(name, spec, [.. Framing, new FieldSpec(field, 16, bits, spec)], framing: 3);

    private static ElementLayout Opaque(string name, string spec) => new(name, spec, Framing, rest: "data");

    private static ElementLayout[] Counters(params ReadOnlySpan<string> names)
    {
        var layouts = new ElementLayout[names.Length + 1];
        for (var count = 0; count < layouts.Length; count++)
        {
            List<FieldSpec> rows = [.. Framing];
            for (var i = 0; i < count; i++) rows.Add(new FieldSpec(names[i], 16 + (24 * i), 24, "RFC 9768 §3.2.3"));
            layouts[count] = new ElementLayout("accurateEcn", "RFC 9768 §3.2.3", [.. rows]);
        }

        return layouts;
    }
}
