using Fathom.Wire.Application.Dns;

namespace Fathom.Diagnosis.Application.Dns;

/// <summary>What was learned of a name that a resolver fails on, without the resolver's judgment.</summary>
/// <param name="Aliases">The aliases that lead back to themselves, the name first; empty: none do.</param>
/// <param name="Zone">The last zone that was delegated on the way to the name; null: none was found.</param>
/// <param name="Servers">Its servers, those that were asked.</param>
/// <param name="Evidence">Ids of the evidence.</param>
internal sealed record DelegationObservation(IReadOnlyList<DnsName> Aliases, DnsName? Zone, IReadOnlyList<DelegatedServer> Servers, IReadOnlyList<string> Evidence)
{
    /// <summary>The servers that say themselves that they do not serve the zone.</summary>
    public IReadOnlyList<DelegatedServer> Lame => [.. Servers.Where(static s => s.Service == ZoneService.NotServed)];

    /// <summary>
    /// The servers from which nobody gets the zone, where that is all of them: they say so, or the zone is not loaded, or there is no server. Empty where one serves it, or where it is not known.
    /// </summary>
    public IReadOnlyList<DelegatedServer> Unserving => Servers.All(static s => s.Service is ZoneService.NotServed or ZoneService.Unloaded or ZoneService.Closed or ZoneService.Silent) ? Servers : [];

    /// <summary>How sure it is that the delegation is lame, where <see cref="Unserving"/> has servers or <see cref="Lame"/> has.</summary>
    public Confidence Confidence => Servers.All(static s => s.Service == ZoneService.NotServed) ? Confidence.Certain
        : Servers.All(static s => s.Service == ZoneService.Silent) ? Confidence.Possible : Confidence.Likely;
}
