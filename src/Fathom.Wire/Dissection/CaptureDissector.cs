using System.Buffers;
using System.Text;
using Fathom.Wire.Application;
using Fathom.Wire.Dissection.Streams;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Dissection;

/// <summary>
/// Takes the packets of a capture apart, one after the other, and remembers what is not whole yet: fragments are put together to datagrams,
/// segments to streams, before HTTP, TLS and DNS are read from them. What it remembers is bounded, whatever the capture holds. Not safe for several
/// threads at once.
/// </summary>
public sealed class CaptureDissector
{
    // Fragments of one datagram come within a minute; more than sixteen packets of a datagram are rare, and their numbers are not kept past this.
    private const int MaxNumbers = 1400;
    private const int MaximumDatagrams = 1024;

    private readonly IpReassembler _datagrams = new();
    private readonly Dictionary<DatagramId, List<int>> _numbers = [];
    private readonly StreamTable _streams = new();
    private readonly LayerPool _pool = new();
    private TimeSpan _now;

    /// <summary>Takes a frame apart. Never throws for what the bytes are.</summary>
    /// <param name="linkType">What the frame begins with: a LINKTYPE_ number, see <see cref="LinkType"/>.</param>
    /// <param name="bytes">The frame's octets, as many as were captured.</param>
    /// <param name="number">The packet's number in the capture, by which later packets refer to it.</param>
    /// <param name="time">When it was captured, from any moment that stays the same; null where nobody knows.</param>
    public Dissection Dissect(int linkType, ReadOnlyMemory<byte> bytes, int number, TimeSpan? time)
    {
        var context = new DissectionContext(ApplicationDissectors.Known, _pool) { Streams = _streams, Number = number };
        return context.ToDissection(TakeApart(context, linkType, bytes.Span, time));
    }

    /// <summary>
    /// Takes a frame apart as <see cref="Dissect"/> does, but lends the fields of its layers: they are valid until <see cref="TakeBack"/>. For who looks at
    /// many packets once; several may be lent at a time, and read by other threads.
    /// </summary>
    /// <param name="linkType">What the frame begins with: a LINKTYPE_ number, see <see cref="LinkType"/>.</param>
    /// <param name="bytes">The frame's octets, as many as were captured.</param>
    /// <param name="number">The packet's number in the capture, by which later packets refer to it.</param>
    /// <param name="time">When it was captured, from any moment that stays the same; null where nobody knows.</param>
    public Dissection Lend(int linkType, ReadOnlyMemory<byte> bytes, int number, TimeSpan? time)
    {
        var context = new DissectionContext(ApplicationDissectors.Known, _pool) { Streams = _streams, Number = number };
        return context.Lend(TakeApart(context, linkType, bytes.Span, time));
    }

    /// <summary>Takes back what was lent, once: its memory is then used for other packets.</summary>
    /// <param name="dissection">What <see cref="Lend"/> of this dissector has returned; others are left alone.</param>
    public void TakeBack(Dissection dissection)
    {
        ArgumentNullException.ThrowIfNull(dissection);
        if (dissection.Lender?.Pool == _pool) dissection.Lender.Drop();
    }

    /// <summary>
    /// Writes a frame's line, safe for a terminal: for a list of many packets. Of ordinary packets nothing is allocated, and only connections in which a
    /// message was begun are remembered: it is <see cref="Dissection.Summary"/> without remarks about the segments of the others.
    /// </summary>
    /// <param name="linkType">What the frame begins with: a LINKTYPE_ number, see <see cref="LinkType"/>.</param>
    /// <param name="bytes">The frame's octets, as many as were captured.</param>
    /// <param name="number">The packet's number in the capture.</param>
    /// <param name="time">When it was captured, from any moment that stays the same; null where nobody knows.</param>
    /// <param name="output">Takes the line in UTF-8, without a line's end.</param>
    public void WriteSummary(int linkType, ReadOnlyMemory<byte> bytes, int number, TimeSpan? time, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        DecodedPacket.Read(linkType, bytes.Span, out var packet);
        if (!packet.IsFragment && !_streams.Knows(in packet))
        {
            var line = new SummaryBuffer(output.GetSpan(PacketSummary.Room));
            if (PacketSummary.TryWrite(in packet, ApplicationDissectors.Known, ref line))
            {
                output.Advance(line.Length);
                return;
            }
        }

        var context = new DissectionContext(ApplicationDissectors.Known, _pool) { Streams = _streams, Number = number, KeepsFields = false };
        Encoding.UTF8.GetBytes(TextSanitizer.Escape(context.ToSummary(TakeApart(context, linkType, bytes.Span, time))), output);
        context.Drop();
        _streams.ForgetAtRest(in packet);
    }

    private string TakeApart(DissectionContext context, int linkType, ReadOnlySpan<byte> bytes, TimeSpan? time)
    {
        // A capture's times may go back; the reassembler's must not.
        if (time is { } now && now > _now) _now = now;
        var summary = LinkDissector.Dissect(context, linkType, bytes);
        return PacketFacts.TryRead(linkType, bytes, out var facts) && facts.IsFragment ? Join(context, bytes, facts, context.Number) ?? summary : summary;
    }

    private string? Join(DissectionContext context, ReadOnlySpan<byte> frame, PacketFacts facts, int number)
    {
        _ = _datagrams.HandleDeadline(_now);
        var packet = frame[facts.IpOffset..];
        // A piece that was cut by the capture would leave a hole that nobody sees.
        if (packet.Length < facts.IpLength) return null;
        switch (_datagrams.Accept(packet, _now))
        {
            case ReassemblyOutcome.Kept kept:
                if (_numbers.Count >= MaximumDatagrams) _numbers.Clear();
                if (!_numbers.TryGetValue(kept.Id, out var numbers)) _numbers[kept.Id] = numbers = [];
                if (numbers.Count < MaxNumbers) numbers.Add(number);
                return null;
            case ReassemblyOutcome.Completed { Fragments: > 1 } whole:
                _numbers.Remove(whole.Id, out var earlier);
                var inner = new DissectionContext(ApplicationDissectors.Known, _pool) { Streams = _streams, Number = number };
                var summary = LinkDissector.Dissect(inner, LinkType.RawIp, whole.Packet.Span);
                var name = whole.Id.Protocol is null ? "IPv6 datagram" : "IPv4 datagram";
                context.AddPart(inner.ToPart(name, [.. earlier ?? [], number], whole.Packet, summary));
                return FieldText.Invariant($"{summary} (of {whole.Fragments} fragments)");
            default:
                return null;
        }
    }
}
