using Fathom.Hosts.Transport;

namespace Fathom.Probes.Transport;

/// <summary>How a connection was opened (RFC 9293 §3.5), as far as it can be proven.</summary>
public abstract record HandshakeTranscript
{
    private HandshakeTranscript()
    {
    }

    /// <summary>All three segments were captured.</summary>
    /// <param name="Syn">The initiator's SYN, the last one where it was sent again.</param>
    /// <param name="SynAck">The responder's SYN, ACK.</param>
    /// <param name="Ack">The initiator's ACK, which may carry data.</param>
    /// <param name="Segments">These and their retransmissions, in order.</param>
    public sealed record Complete(SegmentRecord Syn, SegmentRecord SynAck, SegmentRecord Ack, IReadOnlyList<SegmentRecord> Segments) : HandshakeTranscript
    {
        /// <summary>From SYN to SYN, ACK: one round trip and the responder's time.</summary>
        public TimeSpan RoundTrip => SynAck.At - Syn.At;
    }

    /// <summary>Segments were captured, and the three are not among them: the attempt failed, or the capture missed one.</summary>
    /// <param name="Segments">What was captured.</param>
    public sealed record Partial(IReadOnlyList<SegmentRecord> Segments) : HandshakeTranscript;

    /// <summary>Nothing was captured. That the connection is open proves that three segments passed; what was agreed stands in the kernel's figures.</summary>
    /// <param name="Info">The figures.</param>
    /// <param name="Why">Why there is no capture.</param>
    public sealed record Inferred(TcpConnectionInfo Info, string Why) : HandshakeTranscript;

    /// <summary>Neither segments nor figures are to be had.</summary>
    /// <param name="Why">The reason.</param>
    public sealed record Unknown(string Why) : HandshakeTranscript;
}
