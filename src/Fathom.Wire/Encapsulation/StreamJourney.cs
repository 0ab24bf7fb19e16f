using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Encapsulation;

/// <summary>
/// A TCP connection's way: opened, filled, closed. The sender keeps RFC 5681's rules as far as a picture needs them: an initial window
/// of ten segments (RFC 6928), slow start, fast retransmit after three duplicate acknowledgments, and the retransmission timer.
/// </summary>
internal sealed class StreamJourney(PacketizedMessage message, JourneyOptions options)
{
    // RFC 6928 §2.
    private const int InitialWindowSegments = 10;

    // RFC 5681 §3.2.
    private const int DuplicatesForRetransmit = 3;

    // RFC 6298 §2.1: one second until a round trip was measured, and (2.4) never less.
    private static readonly TimeSpan RetransmissionTimeout = TimeSpan.FromSeconds(1);

    private readonly JourneyLog _log = new();
    private readonly PriorityQueue<Arrival, (TimeSpan, int)> _arrivals = new();
    private readonly TcpStreamAssembler _assembler = new(message.Options.InitialSequence + 1);
    private readonly List<int> _toLose = [.. options.Lost];
    private readonly List<int> _toRepeat = [.. options.Duplicated];
    private readonly List<byte> _delivered = new(message.Message.Length);
    private TimeSpan _now;
    private TimeSpan _linkFree;
    private TimeSpan _timer = TimeSpan.MaxValue;
    private int _order;
    private int _acknowledged;
    private int _next;
    private int _duplicates;
    private int _recover;
    private int _timeouts;
    private int _sent;
    private int _window = InitialWindowSegments;
    private ushort _identification = 1;

    // The sender counts in packets: all but the last are equally long.
    private int PacketCount => message.Packets.Count;

    internal JourneyReport Run()
    {
        Open();
        SendWhatTheWindowAllows();
        // Bounded: every retransmission of a packet uses up one of its losses, or acknowledges it.
        while (_acknowledged < PacketCount)
        {
            if (_arrivals.TryPeek(out _, out var due) && due.Item1 <= _timer)
            {
                var arrival = _arrivals.Dequeue();
                _now = due.Item1;
                if (arrival.Packet is { } packet) ArriveAtReceiver(packet, arrival.IsCopy);
                else ArriveAtSender(arrival.Acknowledgment);
            }
            else
            {
                _now = _timer;
                TimeOut();
            }
        }

        while (_arrivals.TryDequeue(out var arrival, out var due))
        {
            _now = due.Item1;
            if (arrival.Packet is { } packet) ArriveAtReceiver(packet, arrival.IsCopy);
        }

        var end = _now;
        Close();
        return new JourneyReport([.. _log.Steps.OrderBy(static s => s.At)], [.. _log.Frames.OrderBy(static f => f.At)], _delivered.ToArray(), [], _sent, end);
    }

    private void Open()
    {
        var size = (ushort)Math.Min(message.Room, ushort.MaxValue);
        var opening = new TcpOptions { MaximumSegmentSize = size, SackPermitted = true };
        var syn = Packetizer.DataHeader(message.Options) with { SequenceNumber = message.Options.InitialSequence, AcknowledgmentNumber = default, Flags = TcpFlags.Syn, Options = opening };
        var reply = FromReceiver(opening) with { SequenceNumber = message.Options.PeerInitialSequence, AcknowledgmentNumber = message.Options.InitialSequence + 1, Flags = TcpFlags.Syn | TcpFlags.Ack };
        Saw(-2 * options.Delay - options.Spacing, true, syn);
        Saw(-2 * options.Delay, false, reply);
        Saw(-options.Spacing, true, Packetizer.DataHeader(message.Options) with { SequenceNumber = message.Options.InitialSequence + 1 });
        _log.Add(-2 * options.Delay, JourneyEvent.Connection, 0, $"the connection opens: SYN, SYN-ACK, ACK; each side says that it takes segments of {size} octets");
    }

    private void Close()
    {
        var end = message.Options.InitialSequence + 1 + (uint)message.Message.Length;
        var peer = message.Options.PeerInitialSequence + 1;
        var fin = Packetizer.DataHeader(message.Options) with { SequenceNumber = end, Flags = TcpFlags.Fin | TcpFlags.Ack };
        Saw(_now + options.Delay, true, fin);
        Saw(_now + options.Delay + options.Spacing, false, FromReceiver(default) with { SequenceNumber = peer, AcknowledgmentNumber = end + 1, Flags = TcpFlags.Fin | TcpFlags.Ack });
        Saw(_now + (3 * options.Delay), true, fin with { SequenceNumber = end + 1, AcknowledgmentNumber = peer + 1, Flags = TcpFlags.Ack });
        _log.Add(_now + options.Delay, JourneyEvent.Connection, 0, $"the connection closes: FIN from each side, acknowledged by the other");
    }

    private void SendWhatTheWindowAllows()
    {
        // The receiver's window holds 65,535 octets that wait behind a gap; the congestion window grows from ten segments.
        var allowed = Math.Min(_window, Math.Max(1, 65535 / message.Room));
        while (_next < PacketCount && _next - _acknowledged < allowed) Send(message.Packets[_next++], JourneyEvent.Sent, "sent");
    }

    private void Send(MessagePacket packet, JourneyEvent what, string text)
    {
        var at = _now > _linkFree ? _now : _linkFree;
        _linkFree = at + options.Spacing;
        _sent++;
        _log.Add(at, what, packet.Number, $"{text}");
        if (_timer == TimeSpan.MaxValue) _timer = at + RetransmissionTimeout;
        if (_toLose.Remove(packet.Number))
        {
            _log.Add(at, JourneyEvent.Lost, packet.Number, $"lost on the link");
            return;
        }

        var delay = options.Delay;
        if (what == JourneyEvent.Sent && packet.Number <= options.ExtraDelays.Count) delay += options.ExtraDelays[packet.Number - 1];
        _arrivals.Enqueue(new Arrival(packet, false, 0), (at + delay, _order++));
        if (_toRepeat.Remove(packet.Number)) _arrivals.Enqueue(new Arrival(packet, true, 0), (at + delay + options.Spacing, _order++));
    }

    private void ArriveAtReceiver(MessagePacket packet, bool isCopy)
    {
        _log.Saw(_now, true, packet.Frame);
        var first = message.Options.InitialSequence + 1;
        var arrival = _assembler.Accept(first + (uint)packet.MessageOffset, message.Message.Slice(packet.MessageOffset, packet.MessageLength).Span);
        _delivered.AddRange(_assembler.Take());
        var octets = FormattableString.Invariant($"octets {packet.MessageOffset}–{packet.MessageOffset + packet.MessageLength - 1}");
        var got = (int)(_assembler.Next - first);
        var missing = string.Join(", ", _assembler.Gaps.Select(g => FormattableString.Invariant($"{g.First - first}–{(g.First - first) + (uint)g.Length - 1}")));
        var name = isCopy ? "again" : "arrives";
        _log.Add(_now, JourneyEvent.Arrived, packet.Number, arrival.Kind switch
        {
            TcpArrivalKind.InOrder when arrival.Released > packet.MessageLength => $"{name}: {octets} close the gap; {arrival.Released} octets go to the application",
            TcpArrivalKind.InOrder => $"{name}: {octets} go to the application",
            TcpArrivalKind.OutOfOrder => $"{name}: {octets} wait; missing {missing}",
            TcpArrivalKind.Duplicate => $"{name}: {octets} are there already; dropped, and acknowledged again",
            _ => $"{name}: {octets} do not fit the window; dropped",
        });

        // RFC 5681 §4.2: out of order, or a repetition, is acknowledged at once; so is everything here, since a delayed one explains nothing.
        var header = FromReceiver(new TcpOptions { SackBlocks = _assembler.SackBlocks }) with
        {
            SequenceNumber = message.Options.PeerInitialSequence + 1,
            AcknowledgmentNumber = _assembler.Next,
            Flags = TcpFlags.Ack,
        };
        Saw(_now, false, header);
        _arrivals.Enqueue(new Arrival(null, false, got), (_now + options.Delay, _order++));
    }

    private void ArriveAtSender(int octets)
    {
        var packets = octets == message.Message.Length ? PacketCount : octets / message.Room;
        if (packets > _acknowledged)
        {
            _window += packets - _acknowledged; // slow start, RFC 5681 §3.1
            _acknowledged = packets;
            _duplicates = 0;
            _timer = _acknowledged == _next ? TimeSpan.MaxValue : _now + RetransmissionTimeout; // RFC 6298 §5
            _log.Add(_now, JourneyEvent.Acknowledged, 0, $"the sender hears: everything before octet {octets} has arrived");
            // RFC 6582 §3.2: an acknowledgment of a part, while a loss is mended, says that the next packet is lost as well.
            if (_acknowledged < _recover) Send(message.Packets[_acknowledged], JourneyEvent.SentAgain, "sent again: the acknowledgment stops here, so this one is lost as well (RFC 6582)");
            SendWhatTheWindowAllows();
        }
        else if (packets == _acknowledged && _acknowledged < _next && ++_duplicates == DuplicatesForRetransmit && _acknowledged >= _recover)
        {
            _recover = _next;
            _timer = _now + RetransmissionTimeout;
            Send(message.Packets[_acknowledged], JourneyEvent.SentAgain, FormattableString.Invariant($"sent again: three more acknowledgments still ask for octet {octets} (fast retransmit, RFC 5681)"));
        }
    }

    private void TimeOut()
    {
        _log.Add(_now, JourneyEvent.TimedOut, 0, $"the sender's retransmission timer runs out");
        _window = 1; // RFC 5681 §3.1: the loss window
        _recover = _next;
        _duplicates = 0;
        var backoff = RetransmissionTimeout * (1 << Math.Min(++_timeouts, 6)); // RFC 6298 §5.5
        _timer = _now + backoff;
        Send(message.Packets[_acknowledged], JourneyEvent.SentAgain, "sent again: no acknowledgment came in time (RFC 6298)");
    }

    private TcpHeader FromReceiver(TcpOptions tcpOptions) => new()
    {
        SourcePort = message.Options.Destination.Port,
        DestinationPort = message.Options.Source.Port,
        Window = ushort.MaxValue,
        Options = tcpOptions,
    };

    private void Saw(TimeSpan at, bool toReceiver, TcpHeader header)
        => _log.Saw(at, toReceiver, Packetizer.SegmentFrame(message.Options, header, [], toReceiver ? (ushort)(message.Options.Identification - _identification++) : _identification++));

    private readonly record struct Arrival(MessagePacket? Packet, bool IsCopy, int Acknowledgment);
}
