using Fathom.Hosts.Internet;

namespace Fathom.Probes.Transport;

/// <summary>What a <see cref="StreamRelay"/> did.</summary>
/// <param name="Ending">Why it ended.</param>
/// <param name="Sent">Octets that the connection took.</param>
/// <param name="Received">Octets that it gave.</param>
/// <param name="Duration">How long the relay ran.</param>
public sealed record StreamRelayResult(StreamRelayEnding Ending, long Sent, long Received, TimeSpan Duration)
{
    /// <summary>Pieces in which the octets were received. TCP keeps no message boundaries: this is not how often the peer wrote.</summary>
    public long Chunks { get; init; }

    /// <summary>From the start to the first octet received; null if none was.</summary>
    public TimeSpan? FirstOctetAfter { get; init; }

    /// <summary>This end sent its FIN.</summary>
    public bool HasHalfClosed { get; init; }

    /// <summary>How the end looked from the socket calls.</summary>
    public ObservedClose Close { get; init; }

    /// <summary>The error, for <see cref="StreamRelayEnding.Failed"/>.</summary>
    public NetworkError? Error { get; init; }
}
