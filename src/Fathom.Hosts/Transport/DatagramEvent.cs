using Fathom.Hosts.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Transport;

/// <summary>What a UDP socket received.</summary>
public abstract record DatagramEvent
{
    private DatagramEvent()
    {
    }

    /// <summary>A datagram.</summary>
    /// <param name="From">Its source.</param>
    /// <param name="Length">Octets of its payload; more than the buffer held if it was cut.</param>
    /// <param name="Truncated">The buffer was too small.</param>
    /// <param name="HopLimit">The hop limit that was left on arrival; null where the system does not tell.</param>
    /// <param name="Timestamp">When it arrived, in ticks of the host's <see cref="TimeProvider"/>.</param>
    public sealed record Received(IpEndpoint From, int Length, bool Truncated, byte? HopLimit, long Timestamp) : DatagramEvent;

    /// <summary>An ICMP error about a datagram that was sent.</summary>
    /// <param name="Error">The error.</param>
    public sealed record Failed(NetworkError Error) : DatagramEvent;
}
