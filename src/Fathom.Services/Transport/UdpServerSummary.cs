namespace Fathom.Services.Transport;

/// <summary>What a <see cref="UdpServer"/> did from start to stop.</summary>
/// <param name="Peers">Each peer, in the order in which they came.</param>
/// <param name="Others">All peers beyond the limit together; null where there were none.</param>
/// <param name="Undelivered">Errors that came for answers.</param>
/// <param name="Duration">How long it ran.</param>
public sealed record UdpServerSummary(IReadOnlyList<UdpPeer> Peers, UdpPeer? Others, long Undelivered, TimeSpan Duration)
{
    /// <summary>Datagrams received.</summary>
    public long Datagrams => Peers.Sum(static p => p.Datagrams) + (Others?.Datagrams ?? 0);

    /// <summary>Octets of their payloads.</summary>
    public long Octets => Peers.Sum(static p => p.Octets) + (Others?.Octets ?? 0);

    /// <summary>Datagrams that did not fit the buffer.</summary>
    public long Truncated => Peers.Sum(static p => p.Truncated) + (Others?.Truncated ?? 0);

    /// <summary>Answers sent.</summary>
    public long Answers => Peers.Sum(static p => p.Answers) + (Others?.Answers ?? 0);
}
