namespace Fathom.Wire.Transport;

/// <summary>The layouts of multipath TCP's options (RFC 8684 §3): what is there depends on subtype, flags and length.</summary>
internal static class MultipathOptionLayouts
{
    private const string Name = "multipathTcp";
    private const string Rfc = "RFC 8684";
    private const int SubtypeOffset = 16;
    private const int AfterSubtype = 20;

    private static readonly ElementLayout[] Capable = CapableLayouts();

    private static readonly ElementLayout JoinSyn = Make(
        "§3.2", ("reserved", 3), ("backup", 1), ("addressId", 8), ("receiverToken", 32), ("senderNonce", 32));

    private static readonly ElementLayout JoinSynAck = Make(
        "§3.2", ("reserved", 3), ("backup", 1), ("addressId", 8), ("senderTruncatedHmac", 64), ("senderNonce", 32));

    private static readonly ElementLayout JoinAck = Make("§3.2", ("reserved", 12), ("senderHmac", 160));

    // Indexed by the flags m M a A and by whether a checksum is there.
    private static readonly ElementLayout[] DataSequence = [.. Enumerable.Range(0, 32).Select(DataSequenceLayout)];

    // Indexed by IPv6, port, HMAC.
    private static readonly ElementLayout[] AddAddress = [.. Enumerable.Range(0, 8).Select(AddAddressLayout)];

    private static readonly ElementLayout RemoveAddress = new(Name, $"{Rfc} §3.4.2", Rows("§3.4.2", ("reserved", 4)), [new("addressId", 0, 8, $"{Rfc} §3.4.2")]);
    private static readonly ElementLayout Priority = new(Name, $"{Rfc} §3.3.8", Rows("§3.3.8", ("reserved", 3), ("backup", 1)), [new("addressId", 0, 8, $"{Rfc} §3.3.8")]);
    private static readonly ElementLayout Fail = Make("§3.7", ("reserved", 12), ("dataSequenceNumber", 64));
    private static readonly ElementLayout FastClose = Make("§3.5", ("reserved", 12), ("receiverKey", 64));

    private static readonly ElementLayout Reset = Make(
        "§3.6", ("reserved", 1), ("middlebox", 1), ("wasPrevious", 1), ("transient", 1), ("reason", 8));

    private static readonly ElementLayout Unknown = new(Name, $"{Rfc} §3", Rows("§3", ("flags", 4)), rest: "data");

    /// <summary>The layout of a multipath option that has its subtype.</summary>
    internal static ElementLayout Of(ReadOnlySpan<byte> option) => (MultipathSubtype)(option[2] >> 4) switch
    {
        MultipathSubtype.Capable => Capable[option.Length switch { < 12 => 0, < 20 => 1, < 22 => 2, < 24 => 3, _ => 4 }],
        MultipathSubtype.Join => option.Length switch { 12 => JoinSyn, 16 => JoinSynAck, 24 => JoinAck, _ => Unknown },
        MultipathSubtype.DataSequence when option.Length > 3 => DataSequence[IndexOfDataSequence(option)],
        MultipathSubtype.AddAddress => AddAddress[IndexOfAddAddress(option)],
        MultipathSubtype.RemoveAddress => RemoveAddress,
        MultipathSubtype.Priority => Priority,
        MultipathSubtype.Fail => Fail,
        MultipathSubtype.FastClose => FastClose,
        MultipathSubtype.Reset => Reset,
        _ => Unknown,
    };

    private static int IndexOfDataSequence(ReadOnlySpan<byte> option)
    {
        var flags = option[3] & 0x0F;
        // The checksum has no flag: the length tells it (RFC 8684 §3.3).
        return option.Length >= DataSequence[flags | 16].FixedLength ? flags | 16 : flags;
    }

    private static int IndexOfAddAddress(ReadOnlySpan<byte> option)
    {
        // RFC 8684 §3.4.1: the length tells the address's version, and whether a port (2) and a HMAC (8) follow.
        for (var i = 0; i < 8; i++)
        {
            if (AddAddress[i].FixedLength == option.Length) return i;
        }

        return 0;
    }

    private static ElementLayout[] CapableLayouts()
    {
        (string, int)[] flags =
        [
            ("version", 4), ("checksumRequired", 1), ("extensibility", 1), ("noJoinToThisAddress", 1), ("reserved", 4),
            ("hmacSha256", 1),
        ];
        return
        [
            Make("§3.1", flags),
            Make("§3.1", [.. flags, ("senderKey", 64)]),
            Make("§3.1", [.. flags, ("senderKey", 64), ("receiverKey", 64)]),
            Make("§3.1", [.. flags, ("senderKey", 64), ("receiverKey", 64), ("dataLevelLength", 16)]),
            Make("§3.1", [.. flags, ("senderKey", 64), ("receiverKey", 64), ("dataLevelLength", 16), ("checksum", 16)]),
        ];
    }

    private static ElementLayout DataSequenceLayout(int index)
    {
        List<(string, int)> fields =
        [
            ("reserved", 7), ("dataFin", 1), ("longDataSequenceNumber", 1), ("hasMapping", 1), ("longDataAcknowledgment", 1), ("hasDataAcknowledgment", 1),
        ];
        if ((index & 1) != 0) fields.Add(("dataAcknowledgment", (index & 2) != 0 ? 64 : 32));
        if ((index & 4) != 0)
        {
            fields.Add(("dataSequenceNumber", (index & 8) != 0 ? 64 : 32));
            fields.Add(("subflowSequenceNumber", 32));
            fields.Add(("dataLevelLength", 16));
            if ((index & 16) != 0) fields.Add(("checksum", 16));
        }

        return Make("§3.3", [.. fields]);
    }

    private static ElementLayout AddAddressLayout(int index)
    {
        List<(string, int)> fields = [("reserved", 3), ("echo", 1), ("addressId", 8), ("address", (index & 1) != 0 ? 128 : 32)];
        if ((index & 2) != 0) fields.Add(("port", 16));
        if ((index & 4) != 0) fields.Add(("truncatedHmac", 64));
        return Make("§3.4.1", [.. fields]);
    }

    private static ElementLayout Make(string clause, params ReadOnlySpan<(string Name, int Bits)> fields) => new(Name, $"{Rfc} {clause}", Rows(clause, fields));

    private static FieldSpec[] Rows(string clause, params ReadOnlySpan<(string Name, int Bits)> fields)
    {
        var spec = $"{Rfc} {clause}";
        List<FieldSpec> rows = [.. TcpOptionLayouts.Framing, new("subtype", SubtypeOffset, 4, $"{Rfc} §8")];
        var at = AfterSubtype;
        foreach (var (name, bits) in fields)
        {
            rows.Add(new FieldSpec(name, at, bits, spec));
            at += bits;
        }

        return [.. rows];
    }
}
