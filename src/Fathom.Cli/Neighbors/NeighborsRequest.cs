using Fathom.Hosts.Link;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Neighbors;

/// <summary>What one run of <c>neighbors</c> was asked.</summary>
/// <param name="Interfaces">The host's interfaces.</param>
/// <param name="Only">The interface that was named, or null.</param>
/// <param name="Version">Only this version, or null.</param>
/// <param name="Count">How many sightings end a watch; null for no end but the timeout.</param>
/// <param name="Timeout">How long to watch, or to wait for each answer.</param>
internal sealed record NeighborsRequest(IReadOnlyList<HostInterface> Interfaces, HostInterface? Only, IpVersion? Version, int? Count, TimeSpan Timeout)
{
    /// <summary>The interface's name, or its number where there is none by it any more.</summary>
    public string NameOf(int index) => Interfaces.FirstOrDefault(i => i.Index == index)?.Name ?? "#" + index.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
