using Fathom.Hosts;
using Fathom.Hosts.Link;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Probes.Link;

/// <summary>Whether a next hop answers on its link.</summary>
/// <param name="Address">The next hop.</param>
public abstract record NeighborOutcome(IpAddress Address)
{
    /// <summary>Ids of the evidence.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>It answered, now or a short while ago.</summary>
    /// <param name="Address">The next hop.</param>
    /// <param name="Entry">Its entry in the neighbor cache.</param>
    public sealed record Answered(IpAddress Address, HostNeighbor Entry) : NeighborOutcome(Address);

    /// <summary>Its hardware address is known from earlier; the host has not asked again yet.</summary>
    /// <param name="Address">The next hop.</param>
    /// <param name="Entry">Its entry in the neighbor cache.</param>
    public sealed record Unconfirmed(IpAddress Address, HostNeighbor Entry) : NeighborOutcome(Address);

    /// <summary>The host asked, and nobody answered.</summary>
    /// <param name="Address">The next hop.</param>
    public sealed record Unanswered(IpAddress Address) : NeighborOutcome(Address)
    {
        /// <summary>The hardware address that was entered by hand, where it is not the neighbor's; else null.</summary>
        public MacAddress? Entered { get; init; }

        /// <summary>The hardware address from which the neighbor answers when it is asked, where <see cref="Entered"/> is another; else null.</summary>
        public MacAddress? AnsweredFrom { get; init; }
    }

    /// <summary>The host is asking; it has not given up yet.</summary>
    /// <param name="Address">The next hop.</param>
    public sealed record Asking(IpAddress Address) : NeighborOutcome(Address);

    /// <summary>Nothing was sent that way yet, so nothing is known.</summary>
    /// <param name="Address">The next hop.</param>
    public sealed record NotAsked(IpAddress Address) : NeighborOutcome(Address);

    /// <summary>The link needs no resolution (loopback, tunnel).</summary>
    /// <param name="Address">The next hop.</param>
    public sealed record NotNeeded(IpAddress Address) : NeighborOutcome(Address);

    /// <summary>The host does not tell.</summary>
    /// <param name="Address">The next hop.</param>
    /// <param name="Refusal">The reason.</param>
    public sealed record NotMeasured(IpAddress Address, HostRefusal Refusal) : NeighborOutcome(Address);
}
