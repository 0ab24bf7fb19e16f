using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Dissection.Streams;

/// <summary>One direction of a TCP connection: its segments in order, and the messages in them.</summary>
internal sealed class StreamReader(PendingRequests requests)
{
    // The longest message that is put together: a TLS handshake message with many certificates, or a head, is far shorter.
    private const int LongestMessage = 256 * 1024;

    private readonly StreamBuffer _buffer = new();
    private readonly ObservedStream _stream = new();
    private StreamFramer? _framer;

    /// <summary>The peer has acknowledged what the capture does not hold: it will not come any more.</summary>
    internal void OnAcknowledged(SequenceNumber number)
    {
        while (_stream.TryGiveUp(number, out _))
        {
            Forget();
            // What lies behind the gap may begin anywhere in a message, and its packets were shown already.
            _ = _stream.Take();
        }
    }

    /// <summary>Takes a segment, and dissects what it carries together with what came before.</summary>
    /// <param name="context">Takes the layers.</param>
    /// <param name="tcp">The segment, whole.</param>
    /// <param name="place">Where its payload stands.</param>
    /// <param name="route">The endpoints, for summaries.</param>
    internal StreamSummary Accept(DissectionContext context, TcpSegment tcp, Place place, IpRoute route)
    {
        var payload = tcp.Payload;
        var sequence = ObservedStream.FirstOctet(tcp.SequenceNumber, tcp.Flags);
        if ((tcp.Flags & TcpFlags.Rst) != 0)
        {
            context.AddData(payload, place);
            return default;
        }

        var next = _stream.NextBefore(sequence);
        var arrival = _stream.Accept(sequence, payload, (tcp.Flags & TcpFlags.Fin) != 0, out var lost);
        if (lost != 0)
        {
            Forget();
            next = sequence;
        }

        if (payload.IsEmpty) return default;
        switch (arrival.Kind)
        {
            case TcpArrivalKind.Duplicate:
                context.AddData(payload, place, "these octets were sent before");
                return new StreamSummary(null, "sent before");
            case TcpArrivalKind.OutOfOrder:
                var missing = Missing(sequence - _stream.Next);
                _buffer.Note(new StreamPiece(sequence, payload.Length, context.Number));
                context.AddData(payload, place, missing);
                return new StreamSummary(null, $"out of order, {missing}");
        }

        _buffer.Note(new StreamPiece(sequence, payload.Length, context.Number));
        _stream.Take(_buffer.Append(_stream.Ready, next));
        var known = Math.Clamp(next.DistanceFrom(sequence), 0, payload.Length);
        if (known > 0) context.AddData(payload[..known], place, "these octets were sent before");
        return new SegmentReading(context, payload, sequence, place, route, known).Read(this, tcp.SourcePort, tcp.DestinationPort);
    }

    /// <summary>No message is under way, and nothing waits behind a gap.</summary>
    internal bool IsAtRest => _buffer.Length == 0 && !_stream.HasGaps && _framer?.IsWithinMessage != true;

    internal StreamBuffer Buffer => _buffer;

    internal StreamFramer? Framer => _framer;

    /// <summary>What stands first in the buffer.</summary>
    internal StreamUnit Next(ushort sourcePort, ushort destinationPort)
    {
        var needsMore = false;
        _framer ??= StreamIdentifier.Identify(_buffer.Bytes, sourcePort, destinationPort, requests, out needsMore);
        var unit = _framer?.Next(_buffer.Bytes) ?? (needsMore ? StreamUnit.Incomplete : StreamUnit.Foreign);
        if (unit.Kind == StreamUnitKind.Incomplete && _buffer.Length > LongestMessage) unit = StreamUnit.Foreign;
        if (unit.Kind == StreamUnitKind.Foreign) _framer = null;
        return unit;
    }

    private static string Missing(uint octets) => FieldText.Octets(octets) + (octets == 1 ? " before it has not come" : " before it have not come");

    private void Forget()
    {
        _buffer.Clear();
        _framer = null;
    }
}
