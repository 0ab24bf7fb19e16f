namespace Packetdrill.Language;

/// <summary>Reads the TCP options of a packet, up to the closing sign.</summary>
internal static class TcpOptionParser
{
    // Octets of options that a header has room for.
    private const int MaxData = 38;

    public static List<TcpOptionSpec> Read(ScriptReader reader)
    {
        var options = new List<TcpOptionSpec>();
        do
        {
            options.Add(ReadOne(reader));
        }
        while (reader.Take(","));
        reader.Expect(">");
        return options;
    }

    private static TcpOptionSpec ReadOne(ScriptReader reader)
    {
        reader.SkipBlank();
        var place = reader.Place;
        switch (reader.TakeWord())
        {
            case "nop":
                return new TcpOptionSpec.NoOperation();
            case "eol":
                return new TcpOptionSpec.EndOfList();
            case "mss":
                return new TcpOptionSpec.MaximumSegmentSize((ushort)reader.ExpectInteger("a segment size", 0, 65_535));
            case "wscale":
                return new TcpOptionSpec.WindowScale((byte)reader.ExpectInteger("a shift", 0, 255));
            case "sackOK" or "sackok":
                return new TcpOptionSpec.SackPermitted();
            case "sack":
                return ReadSack(reader);
            case "TS":
                reader.Expect("val");
                var value = (uint)reader.ExpectInteger("a timestamp", 0, uint.MaxValue);
                reader.Expect("ecr");
                return new TcpOptionSpec.Timestamps(value, (uint)reader.ExpectInteger("a timestamp", 0, uint.MaxValue));
            case "FO":
                return new TcpOptionSpec.Other(34, "FO", ReadHex(reader));
            case "FOEXP":
                return new TcpOptionSpec.Other(254, "FOEXP", [0xF9, 0x89, .. ReadHex(reader)]);
            case "md5":
                return new TcpOptionSpec.Other(19, "md5", ReadHex(reader));
            case "ECN":
                return ReadAccurateEcn(reader);
            case "mp_capable" or "mp_join" or "mp_capable_no_cs" or "dss" or "add_address" or "mp_fail" or "mp_fastclose" or "mp_prio" or "remove_address":
                PassOver(reader);
                return new TcpOptionSpec.Other(30, "multipath", []);
            default:
                reader.Fail("a TCP option expected: nop, eol, mss, wscale, sackOK, sack, TS, FO, FOEXP, md5, ECN", place);
                return new TcpOptionSpec.NoOperation();
        }
    }

    private static TcpOptionSpec.Sack ReadSack(ScriptReader reader)
    {
        var blocks = new List<(uint, uint)>();
        for (reader.SkipBlank(); char.IsAsciiDigit(reader.Current); reader.SkipBlank())
        {
            var left = (uint)reader.ExpectInteger("an edge", 0, uint.MaxValue);
            reader.Expect(":");
            blocks.Add((left, (uint)reader.ExpectInteger("an edge", 0, uint.MaxValue)));
        }

        if (blocks.Count is 0 or > 4) reader.Fail("one to four blocks left:right expected");
        return new TcpOptionSpec.Sack(blocks);
    }

    // RFC 9768 §3.2.3: three counters of 24 bits; the kind says in which order.
    private static TcpOptionSpec.Other ReadAccurateEcn(ScriptReader reader)
    {
        var data = new List<byte>();
        byte kind = 0;
        for (reader.SkipBlank(); char.IsAsciiLetter(reader.Current); reader.SkipBlank())
        {
            var counter = reader.TakeWord();
            if (kind == 0) kind = counter == "e1b" ? (byte)174 : (byte)172;
            var value = reader.ExpectInteger("a counter", 0, 0xFF_FFFF);
            data.AddRange([(byte)(value >> 16), (byte)(value >> 8), (byte)value]);
        }

        return new TcpOptionSpec.Other(kind == 0 ? (byte)172 : kind, "ECN", data);
    }

    private static byte[] ReadHex(ScriptReader reader)
    {
        reader.SkipBlank();
        var place = reader.Place;
        var digits = reader.TakeWord();

        // The cookie that the endpoint would make of its key: which it is matters only where one is made.
        if (digits == "TFO_COOKIE") return new byte[8];
        if (digits.Length % 2 == 0 && digits.Length <= 2 * MaxData && digits.All(char.IsAsciiHexDigit)) return Convert.FromHexString(digits);
        reader.Fail("an even number of hexadecimal digits expected", place);
        return [];
    }

    private static void PassOver(ScriptReader reader)
    {
        while (!reader.AtEnd && reader.Current is not (',' or '>')) reader.Skip(1);
    }
}
