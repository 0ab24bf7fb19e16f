using Fathom.Wire.Internet;

namespace Fathom.Hosts.Os.Linux.Internet;

/// <summary>
/// When a neighbor does not answer, or a local rule rejects, Linux tells its own sockets by an ICMP message from itself to itself.
/// No other node said anything then: the error is the host's own.
/// </summary>
internal static class LocalReports
{
    /// <summary>True where this host itself reported an error about a packet to another host.</summary>
    /// <param name="reporter">The source of the ICMP message, if any.</param>
    /// <param name="destination">Where the packet was going.</param>
    public static bool IsLocal(IpAddress? reporter, IpAddress? destination)
    {
        if (reporter is not { } node || destination is not { } target || node == target) return false;
        return RouteLookup.IsOwn(node) && !RouteLookup.IsOwn(target);
    }
}
