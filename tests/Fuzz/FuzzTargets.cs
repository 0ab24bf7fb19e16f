namespace Fuzz;

/// <summary>All targets.</summary>
public static class FuzzTargets
{
    /// <summary>One for each protocol and format, from the link upwards.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } = [.. PacketTargets.All, .. TransportTargets.All, .. ApplicationTargets.All, .. StreamTargets.All, .. TextTargets.All];
}
