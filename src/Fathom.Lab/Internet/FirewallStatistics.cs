namespace Fathom.Lab.Internet;

/// <summary>What a firewall has done so far.</summary>
/// <param name="Allowed">Packets that passed by a rule, or since none matched.</param>
/// <param name="Established">Packets that passed since their flow was allowed.</param>
/// <param name="Dropped">Packets that vanished.</param>
/// <param name="Rejected">Packets whose sender was told.</param>
/// <param name="Flows">Flows that are remembered now.</param>
public readonly record struct FirewallStatistics(long Allowed, long Established, long Dropped, long Rejected, int Flows);
