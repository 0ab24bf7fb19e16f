namespace Fathom.Services.Transport;

/// <summary>What a <see cref="TcpServer"/> did from start to stop.</summary>
/// <param name="Served">Connections served.</param>
/// <param name="TurnedAway">Clients reset because it was full.</param>
/// <param name="MostAtOnce">The most connections at one time.</param>
/// <param name="Received">Octets received.</param>
/// <param name="Sent">Octets sent.</param>
/// <param name="Duration">How long it ran.</param>
/// <param name="Ends">How often connections ended for which reason.</param>
public sealed record TcpServerSummary(
    int Served, int TurnedAway, int MostAtOnce, long Received, long Sent, TimeSpan Duration, IReadOnlyDictionary<StreamEnd, int> Ends)
{
    /// <summary>Why it could accept no more, where that and not the caller ended it; or null.</summary>
    public string? Fault { get; init; }
}
