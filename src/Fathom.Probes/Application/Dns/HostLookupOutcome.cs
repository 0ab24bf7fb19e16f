using Fathom.Hosts;
using Fathom.Wire.Internet;

namespace Fathom.Probes.Application.Dns;

/// <summary>What a host's own way of looking up a name gave.</summary>
public abstract record HostLookupOutcome
{
    private HostLookupOutcome()
    {
    }

    /// <summary>Addresses, in the order in which they are tried.</summary>
    /// <param name="Addresses">At least one.</param>
    /// <param name="Source">Where they come from, for people: "an address", "/etc/hosts", "resolver 192.0.2.53:53".</param>
    public sealed record Found(IReadOnlyList<IpAddress> Addresses, string Source) : HostLookupOutcome;

    /// <summary>The name was looked up, and has no address (of the version asked for).</summary>
    /// <param name="Reason">One sentence: what the resolver said, or that none answered.</param>
    public sealed record Failed(string Reason) : HostLookupOutcome;

    /// <summary>What was asked for cannot be meant: a link-local address without its interface, an interface that is not there. Nothing was sent.</summary>
    /// <param name="Reason">One phrase: what to write instead.</param>
    public sealed record Wrong(string Reason) : HostLookupOutcome;

    /// <summary>The host would not say how it resolves names.</summary>
    /// <param name="Refusal">Why, and the remedy.</param>
    public sealed record CannotTell(HostRefusal Refusal) : HostLookupOutcome;
}
