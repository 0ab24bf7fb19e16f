using Fathom.Wire.Dissection;
using Fathom.Wire.Encapsulation;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fuzz;

/// <summary>UDP, TCP and its options; reassembly of fragments and streams.</summary>
internal static class TransportTargets
{
    internal static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("udp", static bytes => PacketCheck.Dissect(LinkType.RawIp, PacketTargets.V4(IpProtocol.Udp, bytes)), [PacketTargets.Hex("9C40 9C41 000C 0000 01020304")]),
        new("tcp", static bytes => PacketCheck.Dissect(LinkType.RawIp, PacketTargets.V6(IpProtocol.Tcp, bytes)),
            [PacketTargets.Hex("9CB0 01BB 00000001 00000002 A0 12 FAF0 0000 0000 02 04 05B4 04 02 08 0A 00000001 00000002 01 03 03 07 01020304")]),
        new("tcp-options", ReadOptions,
            [
                PacketTargets.Hex("02 04 05B4 04 02 08 0A 00000001 00000002 01 03 03 07"), PacketTargets.Hex("05 12 00000001 00000002 00000005 00000009 1C 04 8005"), PacketTargets.Hex("1E 12 20 05 00000001 00000002 00000003 0007"),
                PacketTargets.Hex("1E 14 01 81 0102030405060708 0102030405060708"), PacketTargets.Hex("1E 10 30 02 C0000201 0102030405060708"), PacketTargets.Hex("1D 10 01 02 000102030405060708090A0B 22 0A 0102030405060708"),
                PacketTargets.Hex("FD 06 00AC 14 00 FE 06 E2D4C3D9 AC 0B 000001 000002 000003"), PacketTargets.Hex("14 04 0102 15 06 00010002 45 04 0121"),
            ]),
        new("reassembly", Reassemble, [PacketTargets.Hex("20 00 08 01020304 05060708 00 01 04 01020304"), PacketTargets.Hex("80 00 08 0102030405060708 81 01 04 01020304")]),
        new("tcp-stream", Assemble, [PacketTargets.Hex("00 04 01020304 08 04 01020304 04 04 01020304")]),
    ];

    // What can be read of options is what can be written, and reads the same again.
    private static void ReadOptions(byte[] bytes)
    {
        if (bytes.Length > TcpOptions.MaxLength) bytes = bytes[..TcpOptions.MaxLength];
        var segment = new byte[TcpSegment.MinHeaderLength + ((bytes.Length + 3) & ~3)];
        segment[12] = (byte)(segment.Length / 4 << 4);
        bytes.CopyTo(segment, TcpSegment.MinHeaderLength);
        PacketCheck.Dissect(LinkType.RawIp, PacketTargets.V4(IpProtocol.Tcp, segment));
        var options = TcpOptions.Read(bytes);
        if (options.Length > TcpOptions.MaxLength) return;
        var written = new byte[options.Length];
        options.WriteTo(written);
        FuzzException.ThrowUnless(TcpOptions.Read(written) == options, "written options are read as they were");
    }

    // Each piece: flags and version, offset in words of eight, length, octets. Nothing is lost or made up: what comes out is as long as its pieces say.
    private static void Reassemble(byte[] bytes)
    {
        var reassembler = new IpReassembler();
        for (var at = 0; at + 3 <= bytes.Length;)
        {
            var length = Math.Min((int)bytes[at + 2], bytes.Length - at - 3);
            var payload = bytes.AsSpan(at + 3, length).ToArray();
            var more = (bytes[at] & 0x20) != 0;
            var packet = (bytes[at] & 0x80) != 0
                ? PacketTargets.V6(IpProtocol.Fragment, [17, 0, (byte)(bytes[at + 1] >> 5), (byte)(bytes[at + 1] << 3 | (more ? 1 : 0)), 0, 0, 0, (byte)(bytes[at] & 3), .. payload])
                : FrameBuilder.Packet(
                    new Ipv4Header
                    {
                        TimeToLive = 64,
                        Protocol = IpProtocol.Udp,
                        Source = PacketTargets.V4A,
                        Destination = PacketTargets.V4B,
                        Identification = (ushort)(bytes[at] & 3),
                        MoreFragments = more,
                        FragmentOffset = bytes[at + 1] * 8,
                    },
                    payload);
            if (reassembler.Accept(packet, TimeSpan.FromSeconds(at)) is ReassemblyOutcome.Completed completed) PacketCheck.Dissect(LinkType.RawIp, completed.Packet.ToArray());
            reassembler.HandleDeadline(TimeSpan.FromSeconds(at));
            at += 3 + length;
        }
    }

    // Each piece: sequence number, length, octets. A stream that says octet n where octet n stands comes out so, in order and once.
    private static void Assemble(byte[] bytes)
    {
        var first = new SequenceNumber(uint.MaxValue - 20);
        var assembler = new TcpStreamAssembler(first, 300);
        var taken = 0;
        for (var at = 0; at + 2 <= bytes.Length; at += 2)
        {
            var offset = bytes[at];
            var length = bytes[at + 1] & 0x3F;
            var data = new byte[length];
            for (var i = 0; i < length; i++) data[i] = (byte)(offset + i);
            assembler.Accept(first + offset, data, fin: false);
            if ((bytes[at + 1] & 0x40) == 0) continue;
            foreach (var octet in assembler.Take()) FuzzException.ThrowUnless(octet == (byte)taken++, "the stream is in order");
        }

        foreach (var octet in assembler.Take()) FuzzException.ThrowUnless(octet == (byte)taken++, "the stream is in order");
    }
}
