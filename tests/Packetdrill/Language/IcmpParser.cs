namespace Packetdrill.Language;

/// <summary>Reads ICMP messages.</summary>
internal static class IcmpParser
{
    public static IcmpPacketAction Read(ScriptReader reader, Direction direction, IpSpec ip, SequenceSpec? quoted, int? quotedDatagram)
    {
        var type = reader.TakeWord();
        if (type.Length == 0) reader.Fail("an ICMP type expected");
        string? code = null;
        uint? mtu = null;
        ushort? identifier = null;
        for (reader.SkipBlank(); char.IsAsciiLetterOrDigit(reader.Current) && !StartsEvent(reader); reader.SkipBlank())
        {
            var word = reader.TakeWord();
            if (word == "mtu") mtu = (uint)reader.ExpectInteger("an MTU", 0, uint.MaxValue);
            else if (word == "id") identifier = (ushort)reader.ExpectInteger("an identifier", 0, 65_535);
            else if (code is null) code = word;
            else reader.Fail("mtu, id or the packet quoted expected");
        }

        // Older scripts write the packet quoted in front, newer ones at the end.
        quoted ??= PacketParser.ReadQuoted(reader, out quotedDatagram);
        return new IcmpPacketAction(direction, ip, type, code, mtu, identifier, quoted, quotedDatagram);
    }

    // An absolute time: a digit that begins a new line's event, not a numeric code.
    private static bool StartsEvent(ScriptReader reader)
    {
        if (!char.IsAsciiDigit(reader.Current)) return false;
        for (var back = 1; reader.Place - back >= 0; back++)
        {
            var character = reader.Peek(-back);
            if (character == '\n') return true;
            if (!char.IsWhiteSpace(character)) return false;
        }

        return true;
    }
}
