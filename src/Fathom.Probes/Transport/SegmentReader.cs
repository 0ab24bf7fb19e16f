using Fathom.Probes.Evidence;
using Fathom.Wire.Transport;

namespace Fathom.Probes.Transport;

/// <summary>Reads segments of one connection one after another, and keeps what later ones are counted from.</summary>
internal sealed class SegmentReader
{
    private const byte MaximumScale = 14; // RFC 7323 §2.3: a larger shift counts as 14

    private readonly Side _initiator = new();
    private readonly Side _responder = new();
    private DateTimeOffset? _start;

    public SegmentRecord Read(string evidence, RecordedPacket packet, bool fromInitiator)
    {
        var facts = packet.Facts;
        var (own, other) = fromInitiator ? (_initiator, _responder) : (_responder, _initiator);
        _start ??= packet.Frame.WallTime;
        var isSyn = (facts.TcpFlags & TcpFlags.Syn) != 0;
        var options = TcpSegment.TryRead(packet.Frame.Bytes.Span[facts.TransportOffset..], out var segment, out _) ? TcpOptions.Read(segment.Options) : default;
        if (isSyn)
        {
            own.Initial = facts.TcpSequence;
            own.Scale = options.WindowScale is { } shift ? Math.Min(shift, MaximumScale) : (byte)0;
            own.Offers = options.WindowScale is not null;
        }

        var record = new SegmentRecord(
            evidence, packet.Frame.WallTime - _start.Value, fromInitiator, facts.TcpFlags, facts.TcpSequence, facts.TcpAcknowledgment, PayloadOf(packet))
        {
            Window = facts.TcpWindow,
            Options = options,
            RelativeSequence = own.Initial is { } ours ? facts.TcpSequence - ours : null,
            RelativeAcknowledgment = (facts.TcpFlags & TcpFlags.Ack) != 0 && other.Initial is { } theirs ? facts.TcpAcknowledgment - theirs : null,
            WindowOctets = Scaled(facts.TcpWindow, isSyn, own, other),
        };

        // A reset takes no numbers; all else that ends at or before what was sent already is sent again.
        var takes = record.End != record.Sequence;
        var again = takes && own.Next is { } next && record.End <= next;
        if (takes && !again) own.Next = record.End;
        return record with { IsRetransmission = again };
    }

    // What the IP header states: a capture may have kept less.
    private static int PayloadOf(RecordedPacket packet)
        => Math.Max(0, packet.Facts.IpOffset + packet.Facts.IpLength - packet.Facts.PayloadOffset);

    // RFC 7323 §2.2: both ends must offer scaling, and the window of a SYN is never scaled.
    private static long? Scaled(ushort window, bool isSyn, Side own, Side other)
    {
        if (isSyn) return window;
        if (own.Initial is null || other.Initial is null) return null;
        return own.Offers && other.Offers ? (long)window << own.Scale : window;
    }

    private sealed class Side
    {
        public SequenceNumber? Initial { get; set; }

        public SequenceNumber? Next { get; set; }

        public byte Scale { get; set; }

        public bool Offers { get; set; }
    }
}
