using Fathom.Wire.Internet;

namespace Fathom.Hosts.Transport;

/// <summary>How a TCP connection is opened.</summary>
/// <param name="Timeout">How long the handshake may take before <see cref="ConnectResult.TimedOut"/>.</param>
public sealed record ConnectOptions(TimeSpan Timeout)
{
    /// <summary>The source address, or null for the host's choice.</summary>
    public IpAddress? Source { get; init; }

    /// <summary>TTL or hop limit of its segments, 1 to 255; null for the system's default.</summary>
    public byte? HopLimit { get; init; }

    /// <summary>The maximum segment size to announce and to use, in octets; null for the system's choice.</summary>
    public int? MaximumSegmentSize { get; init; }
}
