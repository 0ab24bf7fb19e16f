using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>One way to a range of destinations.</summary>
/// <param name="Prefix">The destinations.</param>
/// <param name="Interface">Where their packets leave.</param>
/// <param name="Gateway">The router that takes them; null: the destinations are on the link itself.</param>
/// <param name="Metric">Of several routes for the same prefix the lowest wins.</param>
/// <param name="Origin">Who told of it.</param>
public sealed record Route(IpPrefix Prefix, NetworkInterface Interface, IpAddress? Gateway = null, int Metric = 0, RouteOrigin Origin = RouteOrigin.Static)
{
    /// <summary>Nothing is sent there: packets of others are answered as administratively prohibited, those of this host find no route (Linux: prohibit).</summary>
    public bool IsProhibited { get; init; }
}
