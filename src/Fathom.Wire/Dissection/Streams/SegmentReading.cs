using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Dissection.Streams;

/// <summary>
/// Reads the messages that one segment ends or holds. Those that lie within it become layers of the frame; those that began in an earlier
/// one become parts of their own.
/// </summary>
internal ref struct SegmentReading(DissectionContext context, ReadOnlySpan<byte> payload, SequenceNumber sequence, Place place, IpRoute route, int known)
{
    // More messages than a line has room for.
    private const int ShownMessages = 3;

    private readonly ReadOnlySpan<byte> _payload = payload;
    private readonly List<string> _messages = [];

    // Octets of the payload that some layer shows already.
    private int _covered = known;
    private string? _remark;

    internal StreamSummary Read(StreamReader stream, ushort sourcePort, ushort destinationPort)
    {
        var buffer = stream.Buffer;
        var unit = StreamUnit.Incomplete;
        while (buffer.Length > 0)
        {
            unit = stream.Next(sourcePort, destinationPort);
            if (unit.Length == 0) break;
            if (unit.Kind == StreamUnitKind.Message) Message(buffer, stream.Framer!, unit.Length);
            else Content(buffer, unit.Length);
            buffer.Remove(unit.Length);
        }

        if (buffer.Length > 0 && unit.Kind == StreamUnitKind.Foreign)
        {
            buffer.Clear();
            var rest = _payload[_covered..];
            var foreign = TransportDissector.DissectPayload(context, IpProtocol.Tcp, sourcePort, destinationPort, rest, place.Skip(_covered), route);
            if (foreign is not null) _messages.Add(foreign);
        }
        else if (_covered < _payload.Length)
        {
            var what = stream.Framer?.Unit ?? "a message";
            var isBeginning = buffer.First >= sequence;
            context.AddData(_payload[_covered..], place.Skip(_covered), isBeginning ? $"the beginning of {what} that goes on" : $"part of {what}");
            _remark ??= isBeginning ? $"{what} begins" : $"part of {what}";
        }

        return new StreamSummary(_messages.Count == 0 ? null : string.Join("; ", _messages.Take(ShownMessages)), _messages.Count == 0 ? _remark : null);
    }

    private void Message(StreamBuffer buffer, StreamFramer framer, int length)
    {
        var at = buffer.First.DistanceFrom(sequence);
        var end = at + length;
        var isOwn = at >= _covered && end <= _payload.Length;
        var packets = isOwn ? [] : buffer.PacketsOf(length);
        if (isOwn || packets.Count < 2)
        {
            if (!isOwn)
            {
                Content(buffer, length);
                return;
            }

            var message = _payload.Slice(at, length);
            var summary = TransportDissector.DissectAs(context, framer.Dissector, IpProtocol.Tcp, message, place.Skip(at), route);
            _covered = end;
            if (summary is not null) _messages.Add(summary);
            else context.AddData(message, place.Skip(at));
            return;
        }

        Cover(end, $"the end of {framer.Unit} that began in an earlier segment");
        var bytes = buffer.Bytes[..length].ToArray();
        var inner = new DissectionContext(context.Applications, context.Pool) { Number = context.Number };
        var whole = TransportDissector.DissectAs(inner, framer.Dissector, IpProtocol.Tcp, bytes, new Place(0), route);
        if (whole is null) inner.AddData(bytes, new Place(0));
        context.AddPart(inner.ToPart(framer.Dissector.Name, packets, bytes, whole ?? FieldText.Octets((uint)length).ToString()));
        if (whole is not null) _messages.Add(FieldText.Invariant($"{whole} (of {packets.Count} segments)"));
    }

    private void Content(StreamBuffer buffer, int length)
    {
        Cover(buffer.First.DistanceFrom(sequence) + length, "content of the message");
        _remark ??= "content of the message";
    }

    /// <summary>Shows the payload's octets up to there as data.</summary>
    private void Cover(int end, string note)
    {
        end = Math.Min(end, _payload.Length);
        if (end <= _covered) return;
        context.AddData(_payload[_covered..end], place.Skip(_covered), note);
        _covered = end;
    }
}
