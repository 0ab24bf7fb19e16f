using Fathom.Wire.Transport;

namespace Fathom.Wire.Dissection.Streams;

/// <summary>
/// One direction of a TCP connection as somebody who only looks on has it: in order, from the first segment seen, and without what the capture does not hold
/// and nobody will send again.
/// </summary>
internal sealed class ObservedStream
{
    // What a receiver may have offered that the capture has not seen answered: the largest buffer that Linux opens by itself is 6 MiB.
    private const int Window = 8 << 20;

    private TcpStreamAssembler? _assembler;

    /// <summary>Something waits behind octets that have not come.</summary>
    internal bool HasGaps => _assembler?.HasGaps == true;

    /// <summary>The next number that is missing; only after a segment was taken.</summary>
    internal SequenceNumber Next => _assembler!.Next;

    /// <summary>Octets in order that can be taken.</summary>
    internal int Ready => _assembler?.Ready ?? 0;

    /// <summary>The number of a segment's first octet of data: SYN takes one (RFC 9293 §3.4).</summary>
    internal static SequenceNumber FirstOctet(SequenceNumber sequence, TcpFlags flags) => sequence + ((flags & TcpFlags.Syn) != 0 ? 1u : 0u);

    /// <summary>Where the stream stands before this segment: its own beginning, if it is the first.</summary>
    internal SequenceNumber NextBefore(SequenceNumber first) => _assembler?.Next ?? first;

    /// <summary>Takes a segment.</summary>
    /// <param name="first">The number of its first octet of data.</param>
    /// <param name="data">The data.</param>
    /// <param name="isEnd">It carries FIN.</param>
    /// <param name="lost">Octets that are given up, with all that waited: more is missing than any sender may have on the way, so the capture has a hole.</param>
    internal TcpArrival Accept(SequenceNumber first, ReadOnlySpan<byte> data, bool isEnd, out int lost)
    {
        lost = 0;
        _assembler ??= new TcpStreamAssembler(first, Window);
        var arrival = _assembler.Accept(first, data, isEnd);
        if (arrival.Kind is not (TcpArrivalKind.OutsideWindow or TcpArrivalKind.TooManyGaps)) return arrival;
        lost = first.DistanceFrom(_assembler.Next);
        _assembler = new TcpStreamAssembler(first, Window);
        return _assembler.Accept(first, data, isEnd);
    }

    /// <summary>Gives the first gap up, if the peer has acknowledged it: it will not come any more.</summary>
    /// <param name="acknowledged">What the peer acknowledges.</param>
    /// <param name="lost">Octets given up.</param>
    internal bool TryGiveUp(SequenceNumber acknowledged, out int lost)
    {
        lost = 0;
        if (!HasGaps || _assembler!.Gaps[0] is var gap && gap.First + (uint)gap.Length > acknowledged) return false;
        lost = _assembler.SkipGap();
        return true;
    }

    /// <summary>Takes what is in order, to keep.</summary>
    internal byte[] Take() => _assembler!.Take();

    /// <summary>Takes what is in order.</summary>
    /// <param name="destination">Exactly <see cref="Ready"/> octets.</param>
    internal void Take(Span<byte> destination) => _assembler!.Take(destination);
}
