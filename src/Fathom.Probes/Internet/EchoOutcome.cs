using Fathom.Hosts.Internet;
using Fathom.Wire.Internet;

namespace Fathom.Probes.Internet;

/// <summary>What became of one echo request.</summary>
/// <param name="Sequence">Its sequence number.</param>
public abstract record EchoOutcome(ushort Sequence)
{
    /// <summary>A reply came.</summary>
    /// <param name="Sequence">The request's sequence number.</param>
    /// <param name="From">Who replied.</param>
    /// <param name="RoundTrip">From sending to arrival.</param>
    /// <param name="HopLimit">The hop limit left on arrival; null where the host does not tell.</param>
    /// <param name="DataLength">Octets after the ICMP header.</param>
    public sealed record Answered(ushort Sequence, IpAddress From, TimeSpan RoundTrip, byte? HopLimit, int DataLength) : EchoOutcome(Sequence);

    /// <summary>An ICMP error came, or the host could not send.</summary>
    /// <param name="Sequence">The request's sequence number.</param>
    /// <param name="Error">The error, with who reported it.</param>
    /// <param name="After">From sending to the error.</param>
    public sealed record Failed(ushort Sequence, NetworkError Error, TimeSpan After) : EchoOutcome(Sequence);

    /// <summary>Nothing came in time.</summary>
    /// <param name="Sequence">The request's sequence number.</param>
    /// <param name="Waited">How long was waited.</param>
    public sealed record TimedOut(ushort Sequence, TimeSpan Waited) : EchoOutcome(Sequence);
}
