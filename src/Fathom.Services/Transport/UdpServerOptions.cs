using Fathom.Wire.Transport;

namespace Fathom.Services.Transport;

/// <summary>Where a <see cref="UdpServer"/> listens, and its limits.</summary>
/// <param name="Local">Where; several endpoints with port 0 share the port that the first one gets.</param>
public sealed record UdpServerOptions(IReadOnlyList<IpEndpoint> Local)
{
    /// <summary>Octets of a datagram to take; what is longer is cut, and counted as truncated. 65,535 takes every one.</summary>
    public int BufferSize { get; init; } = 65535;

    /// <summary>The server stops after so many datagrams; null for none.</summary>
    public long? StopAfter { get; init; }

    /// <summary>Peers that are counted one by one. Sources can be forged, so the list must end; the rest is counted together.</summary>
    public int MaximumPeers { get; init; } = 10_000;
}
