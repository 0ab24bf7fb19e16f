using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport.Tcp;

/// <summary>A segment that was sent and is not acknowledged in whole.</summary>
internal struct SentSegment
{
    /// <summary>The number of its first octet.</summary>
    public SequenceNumber Start;

    /// <summary>Octets of data.</summary>
    public int Length;

    /// <summary>What is known of it.</summary>
    public SentMarks Marks;

    /// <summary>How many times it was sent again; sticks at the largest value.</summary>
    public byte Retransmissions;

    /// <summary>When it was sent last, in ticks.</summary>
    public long SentAt;

    /// <summary>Neighbors in the order of sending; -1: none. Count only while it is in flight.</summary>
    public int Earlier;
    public int Later;

    /// <summary>It stands in the order of sending: in flight, neither sacked nor lost.</summary>
    public bool IsInOrder;

    /// <summary>Numbers that it takes: its data, and one for the FIN.</summary>
    public readonly int SequenceLength => Length + ((Marks & SentMarks.Fin) != 0 ? 1 : 0);

    /// <summary>The number behind it.</summary>
    public readonly SequenceNumber End => Start + (uint)SequenceLength;

    public readonly bool Has(SentMarks mark) => (Marks & mark) != 0;
}
