using Fathom.Wire.Transport;

namespace Fathom.Probes.Transport;

/// <summary>One captured segment of a connection, with its numbers counted from the connection's beginning.</summary>
/// <param name="Evidence">The id of the packet: "packet:3".</param>
/// <param name="At">When it was captured, from the first segment of the transcript.</param>
/// <param name="FromInitiator">The end that opened the connection sent it; else the other end.</param>
/// <param name="Flags">Its control bits.</param>
/// <param name="Sequence">The sequence number on the wire.</param>
/// <param name="Acknowledgment">The acknowledgment number on the wire; counts if ACK is set.</param>
/// <param name="PayloadLength">Octets of data.</param>
public sealed record SegmentRecord(
    string Evidence, TimeSpan At, bool FromInitiator, TcpFlags Flags, SequenceNumber Sequence, SequenceNumber Acknowledgment, int PayloadLength)
{
    /// <summary>The sequence number less its sender's initial one: 0 for a SYN, 1 for the first octet. Null where the SYN was not captured.</summary>
    public uint? RelativeSequence { get; init; }

    /// <summary>The acknowledgment number less the other end's initial one. Null without ACK, or where that SYN was not captured.</summary>
    public uint? RelativeAcknowledgment { get; init; }

    /// <summary>The window as it stands in the header.</summary>
    public ushort Window { get; init; }

    /// <summary>The window in octets: scaled as the two SYNs agreed, and as it stands in a SYN (RFC 7323 §2.2). Null where the agreement was not captured.</summary>
    public long? WindowOctets { get; init; }

    /// <summary>Its options.</summary>
    public TcpOptions Options { get; init; }

    /// <summary>It repeats numbers that its sender has sent before.</summary>
    public bool IsRetransmission { get; init; }

    /// <summary>True if all these bits are set.</summary>
    /// <param name="flags">The bits.</param>
    public bool Has(TcpFlags flags) => (Flags & flags) == flags;

    /// <summary>The number behind its last: what acknowledges all of it.</summary>
    public SequenceNumber End => Sequence + (uint)PayloadLength + (Has(TcpFlags.Syn) ? 1u : 0) + (Has(TcpFlags.Fin) ? 1u : 0);
}
