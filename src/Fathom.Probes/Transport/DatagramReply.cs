using Fathom.Wire.Transport;

namespace Fathom.Probes.Transport;

/// <summary>One datagram that came back.</summary>
/// <param name="From">Who sent it.</param>
/// <param name="Payload">Its payload, as far as the buffer took it.</param>
/// <param name="Length">Octets of its payload on the wire.</param>
/// <param name="RoundTrip">From the last datagram sent to its arrival.</param>
/// <param name="HopLimit">The hop limit that was left; null where the host does not tell.</param>
public sealed record DatagramReply(IpEndpoint From, ReadOnlyMemory<byte> Payload, int Length, TimeSpan RoundTrip, byte? HopLimit)
{
    /// <summary>The buffer was too small: what did not fit is gone (UDP hands over a datagram once).</summary>
    public bool Truncated => Length > Payload.Length;
}
