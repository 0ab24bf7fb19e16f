using Fathom.Hosts;
using Fathom.Hosts.Internet;
using Fathom.Wire.Internet;

namespace Fathom.Diagnosis;

/// <summary>The address whose way is examined: the target's, or a resolver's where the name did not resolve.</summary>
/// <param name="Address">The address.</param>
/// <param name="Role">Why this one.</param>
/// <param name="Route">What the host does with packets to it; null where it does not tell.</param>
/// <param name="Refusal">Why it does not tell.</param>
/// <param name="Evidence">The kernel's word as evidence.</param>
public sealed record Subject(IpAddress Address, SubjectRole Role, RouteDecision? Route, HostRefusal? Refusal, IReadOnlyList<string> Evidence)
{
    /// <summary>The address is on a link that resolves neighbors, or this host's own: there is no router between. Not so behind a tunnel.</summary>
    public bool IsOnLink { get; init; }

    /// <summary>
    /// Packets to it would leave for a router from a link-local address, as they do where routers advertise themselves and no prefix. No router may pass them on (RFC 4291 §2.5.6): the host has no address for that.
    /// </summary>
    public bool IsUnaddressed => Address is { IsV6: true, IsLinkLocal: false, IsMulticast: false } && Route is { Kind: RouteKind.Unicast, Gateway: not null, Source.IsLinkLocal: true };

    /// <summary>Packets can leave for it, as far as the host tells.</summary>
    public bool CanBeTried => Route is null or { IsUsable: true } && !IsUnaddressed;

    /// <summary>"192.0.2.1", "the resolver 192.0.2.53", or "other networks".</summary>
    public string Words => Role switch
    {
        SubjectRole.Resolver => $"the resolver {Address}",
        SubjectRole.AnyFarHost => "other networks",
        _ => Address.ToString(),
    };
}
