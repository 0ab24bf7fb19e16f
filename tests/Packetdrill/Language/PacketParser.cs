using System.Globalization;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Packetdrill.Language;

/// <summary>Reads packets: TCP, UDP, ICMP.</summary>
internal static class PacketParser
{
    public static EventAction Read(ScriptReader reader)
    {
        var direction = reader.Current == '<' ? Direction.Inbound : Direction.Outbound;
        reader.Skip(1);
        reader.SkipBlank();
        if (reader.PeekWord() is "ipv4" or "ipv6" or "gre" or "mpls" or "sctp" or "psp" or "esp")
        {
            var what = reader.TakeWord();
            PassOver(reader);
            return new UnsupportedAction($"packets inside {what} are not played");
        }

        var quoted = ReadQuoted(reader, out var quotedDatagram);
        var ip = ReadIp(reader);
        var ports = ReadPorts(reader);
        switch (reader.PeekWord())
        {
            case "icmp":
                reader.TakeWord();
                return IcmpParser.Read(reader, direction, ip, quoted, quotedDatagram);
            case "udp":
                reader.TakeWord();
                ports ??= ReadPorts(reader);
                reader.Expect("(");
                var length = (int)reader.ExpectInteger("octets of data", 0, 65_507);
                reader.Expect(")");
                return new UdpPacketAction(direction, ip, ports, length);
        }

        return ReadTcp(reader, direction, ip, ports);
    }

    /// <summary><c>1:1001(1000)</c>.</summary>
    public static SequenceSpec ReadSequence(ScriptReader reader)
    {
        var first = (uint)reader.ExpectInteger("a sequence number", 0, uint.MaxValue);
        reader.Expect(":");
        var place = reader.Place;
        var end = (uint)reader.ExpectInteger("a sequence number", 0, uint.MaxValue);
        reader.Expect("(");
        var length = (int)reader.ExpectInteger("octets of data", 0, 1 << 30);
        reader.Expect(")");
        if (reader.Error is null && unchecked(end - first) != (uint)length) reader.Fail(string.Create(CultureInfo.InvariantCulture, $"{first}:{end} is not {length} octets"), place);
        return new SequenceSpec(first, end, length);
    }

    /// <summary><c>[1:1001(1000)]</c> or <c>[udp (100)]</c>: what an ICMP error quotes. Nothing is taken where something else stands in brackets.</summary>
    public static SequenceSpec? ReadQuoted(ScriptReader reader, out int? datagram)
    {
        datagram = null;
        reader.SkipBlank();
        if (reader.Current != '[') return null;
        var ahead = 1;
        while (char.IsWhiteSpace(reader.Peek(ahead))) ahead++;
        if (char.IsAsciiDigit(reader.Peek(ahead)))
        {
            reader.Skip(ahead);
            var sequence = ReadSequence(reader);
            reader.Expect("]");
            return sequence;
        }

        if (reader.Peek(ahead) != 'u' || reader.Peek(ahead + 1) != 'd' || reader.Peek(ahead + 2) != 'p') return null;
        reader.Skip(ahead + 3);
        reader.Expect("(");
        datagram = (int)reader.ExpectInteger("octets of data", 0, 65_507);
        reader.Expect(")");
        reader.Expect("]");
        return null;
    }

    private static IpSpec ReadIp(ScriptReader reader)
    {
        var ip = default(IpSpec);
        reader.SkipBlank();
        if (reader.Current is not ('[' or '(')) return ip;
        var close = reader.Current == '[' ? "]" : ")";
        reader.Skip(1);
        do
        {
            reader.SkipBlank();
            var place = reader.Place;
            ip = reader.TakeWord() switch
            {
                "noecn" => ip with { Ecn = Ecn.NotCapable },
                "ect0" => ip with { Ecn = Ecn.Capable0 },
                "ect1" => ip with { Ecn = Ecn.Capable1 },
                "ect01" => ip with { IsEitherCapable = true },
                "ce" => ip with { Ecn = Ecn.CongestionExperienced },
                "tos" => ip with { TrafficClass = (byte)reader.ExpectInteger("a traffic class", 0, 255) },
                "ttl" => ip with { HopLimit = (byte)reader.ExpectInteger("a TTL", 0, 255) },
                "flowlabel" => ip with { FlowLabel = (uint)reader.ExpectInteger("a flow label", 0, 0xF_FFFF) },
                _ => Unknown(reader, ip, place),
            };
        }
        while (reader.Take(","));
        reader.Expect(close);
        return ip;
    }

    private static IpSpec Unknown(ScriptReader reader, IpSpec ip, int place)
    {
        reader.Fail("noecn, ect0, ect1, ect01, ce, tos, ttl or flowlabel expected", place);
        return ip;
    }

    private static PortSpec? ReadPorts(ScriptReader reader)
    {
        reader.SkipBlank();
        if (!char.IsAsciiDigit(reader.Current)) return null;
        var source = (ushort)reader.ExpectInteger("a port", 0, 65_535);
        reader.Expect(">");
        var destination = (ushort)reader.ExpectInteger("a port", 0, 65_535);
        return new PortSpec(source, destination);
    }

    private static TcpPacketAction ReadTcp(ScriptReader reader, Direction direction, IpSpec ip, PortSpec? ports)
    {
        var flags = ReadFlags(reader, out var counter);
        var tcp = new TcpSpec { Flags = flags, AceCounter = counter, Sequence = ReadSequence(reader) };
        if (reader.Take("ack")) tcp = tcp with { Acknowledgment = (uint)reader.ExpectInteger("an acknowledgment number", 0, uint.MaxValue) };
        if (reader.Take("win")) tcp = tcp with { Window = (ushort)reader.ExpectInteger("a window", 0, 65_535) };
        if (reader.Take("urg")) tcp = tcp with { Urgent = (ushort)reader.ExpectInteger("an urgent pointer", 0, 65_535) };

        // A "<" opens options; a new event never begins with one.
        reader.SkipBlank();
        if (reader.Current != '<') return new TcpPacketAction(direction, ip, ports, tcp);
        reader.Skip(1);
        if (reader.Take("..."))
        {
            reader.Expect(">");
            return new TcpPacketAction(direction, ip, ports, tcp with { AnyOptions = true });
        }

        return new TcpPacketAction(direction, ip, ports, tcp with { Options = TcpOptionParser.Read(reader) });
    }

    private static TcpFlags ReadFlags(ScriptReader reader, out byte? counter)
    {
        counter = null;
        reader.SkipBlank();
        if (reader.Take("-")) return TcpFlags.None;
        var start = reader.Place;
        var flags = TcpFlags.None;
        for (; !reader.AtEnd && (char.IsAsciiLetter(reader.Current) || reader.Current == '.'); reader.Skip(1))
        {
            flags |= reader.Current switch
            {
                'S' => TcpFlags.Syn,
                'F' => TcpFlags.Fin,
                'R' => TcpFlags.Rst,
                'P' => TcpFlags.Psh,
                'U' => TcpFlags.Urg,
                'E' => TcpFlags.Ece,
                'W' or 'C' => TcpFlags.Cwr,
                'A' => TcpFlags.Ae,
                '.' => TcpFlags.Ack,
                _ => Unknown(reader),
            };
        }

        if (reader.Place == start) reader.Fail("flags expected: letters of S F R P U E W A, then '.', or '-'");
        if (char.IsAsciiDigit(reader.Current) && (reader.Peek(1) is ' ' or '\t'))
        {
            counter = (byte)(reader.Current - '0');
            if (counter > 7) reader.Fail("the counter of accurate ECN has three bits");
            reader.Skip(1);
        }

        return flags;
    }

    private static TcpFlags Unknown(ScriptReader reader)
    {
        reader.Fail($"'{reader.Current}' is no flag: S F R P U E W A, then '.'");
        return TcpFlags.None;
    }

    // To the end of the line: what the packet says is not understood, and need not be, as the script is not played.
    private static void PassOver(ScriptReader reader) => reader.TakeLine();
}
