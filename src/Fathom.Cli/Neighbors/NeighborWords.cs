using Fathom.Hosts.Link;
using Fathom.Wire.Link;

namespace Fathom.Cli.Neighbors;

/// <summary>Words for neighbors.</summary>
internal static class NeighborWords
{
    public static string Of(NeighborState state) => state switch
    {
        NeighborState.Incomplete => "incomplete",
        NeighborState.Reachable => "reachable",
        NeighborState.Stale => "stale",
        NeighborState.Delay => "delay",
        NeighborState.Probe => "probe",
        NeighborState.Failed => "failed",
        NeighborState.Permanent => "permanent",
        NeighborState.NoArp => "noarp",
        _ => "unknown",
    };

    /// <summary>Who made the interface, as far as its address tells.</summary>
    public static string Maker(MacAddress mac)
    {
        if (mac.Value == 0) return string.Empty;
        return mac.IsLocal ? "(locally administered)" : OuiRegistry.Find(mac)?.Organization ?? "(unknown maker)";
    }
}
