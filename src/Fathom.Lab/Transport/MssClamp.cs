using System.Buffers.Binary;
using Fathom.Lab.Internet;
using Fathom.Lab.Link;
using Fathom.Stack.Buffers;
using Fathom.Stack.Internet;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Lab.Transport;

/// <summary>
/// Lowers the maximum segment size in SYNs that cross a port, so that TCP fits a link that is smaller than the ends believe (RFC 4459 §3.2; what routers before PPPoE and tunnels do). A SYN
/// without the option gets none: its default of 536 or 1220 octets fits any link (RFC 9293 §3.7.1).
/// </summary>
public sealed class MssClamp : PacketBox
{
    // RFC 9293 §3.2: kind, length, and two octets of the value.
    private const int OptionLength = 4;
    private const int ChecksumAt = 16;

    private readonly HostPort _port;
    private readonly int? _mtu;
    private long _clamped;

    private MssClamp(HostPort port, int? mtu)
        : base(port.Host, "mss-clamp")
    {
        _port = port;
        _mtu = mtu;
    }

    /// <summary>SYNs that were changed.</summary>
    public long Clamped => _clamped;

    /// <summary>Puts a clamp into a router.</summary>
    /// <param name="port">The port; SYNs in both directions are changed.</param>
    /// <param name="mtu">The largest IP packet that is to come of it, in octets; null: what the port carries.</param>
    public static MssClamp AddTo(HostPort port, int? mtu = null)
    {
        ArgumentNullException.ThrowIfNull(port);
        var box = new MssClamp(port, mtu);
        box.Install();
        return box;
    }

    /// <inheritdoc/>
    public override HookVerdict Handle(PacketBuffer packet, in HookPoint point)
    {
        if (point.Place != HookPlace.Forward || (point.ArrivedOn != _port.Interface && point.LeavesThrough != _port.Interface)) return HookVerdict.Accept;
        if (!TransitPacket.TryRead(packet.Span, out var view) || !view.IsTcp || (view.Flags & TcpFlags.Syn) == 0) return HookVerdict.Accept;
        var headers = (view.Source.IsV4 ? Ipv4Packet.MinHeaderLength : Ipv6Packet.HeaderLength) + TcpSegment.MinHeaderLength;
        var limit = (ushort)Math.Clamp((_mtu ?? _port.Interface.Mtu) - headers, 1, ushort.MaxValue);
        if (!TcpSegment.TryRead(view.Upper, out var segment, out _)) return HookVerdict.Accept;
        foreach (var option in segment.EnumerateOptions())
        {
            if (!option.TryGetMaximumSegmentSize(out var size) || size <= limit) continue;
            Write(packet.Span[view.Offset..], TcpSegment.MinHeaderLength + option.Offset, limit, packet.Checksum);
            _clamped++;
            if (IsListenedTo) Tell($"lowers the maximum segment size of {view.From} from {size} to {limit}");
        }

        return HookVerdict.Accept;
    }

    // The option may begin at an odd place: then it lies across three words of the checksum's sum.
    private static void Write(Span<byte> segment, int at, ushort size, ChecksumState state)
    {
        var first = at & ~1;
        Span<byte> before = stackalloc byte[OptionLength + 2];
        var words = segment.Slice(first, Math.Min(OptionLength + 2, segment.Length - first) & ~1);
        words.CopyTo(before);
        BinaryPrimitives.WriteUInt16BigEndian(segment[(at + 2)..], size);
        if (state == ChecksumState.Partial) return; // the rest of the sum is made later
        var checksum = BinaryPrimitives.ReadUInt16BigEndian(segment[ChecksumAt..]);
        for (var i = 0; i < words.Length; i += 2) checksum = InternetChecksum.Update(checksum, BinaryPrimitives.ReadUInt16BigEndian(before[i..]), BinaryPrimitives.ReadUInt16BigEndian(words[i..]));
        BinaryPrimitives.WriteUInt16BigEndian(segment[ChecksumAt..], checksum);
    }
}
