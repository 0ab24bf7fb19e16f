using Fathom.Hosts.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Os.Linux.Internet;

/// <summary>What a <see cref="DatagramChannel"/> received: an error, or else a datagram.</summary>
internal readonly struct ChannelEvent
{
    public NetworkError? Error { get; init; }

    /// <summary>The datagram's number in the batch.</summary>
    public int Index { get; init; }

    public IpEndpoint From { get; init; }

    public int Length { get; init; }

    public bool Truncated { get; init; }

    public byte? HopLimit { get; init; }

    public long Timestamp { get; init; }
}
