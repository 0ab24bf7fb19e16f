using Fathom.Hosts;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Transport;

namespace Fathom.Probes.Application.Dns.Iterative;

/// <summary>Why an iterative resolution did not end in an answer, positive or negative.</summary>
/// <param name="Text">The reason as one sentence for a person; names from the network are in escaped text.</param>
public abstract record ResolutionFailure(string Text)
{
    /// <summary>No server of a zone said anything.</summary>
    /// <param name="Zone">The zone.</param>
    /// <param name="Servers">Those asked.</param>
    public sealed record AllServersSilent(DnsName Zone, IReadOnlyList<IpEndpoint> Servers)
        : ResolutionFailure($"None of the servers of {Zone.ToAbsoluteString()} answered: {string.Join(", ", Servers)}.");

    /// <summary>Every server that answered does not serve the zone.</summary>
    /// <param name="Zone">The zone.</param>
    /// <param name="Servers">Those asked.</param>
    public sealed record LameDelegation(DnsName Zone, IReadOnlyList<IpEndpoint> Servers)
        : ResolutionFailure($"The delegation of {Zone.ToAbsoluteString()} is lame: its parent names servers that do not serve it ({string.Join(", ", Servers)}).");

    /// <summary>Every server that answered answered with an error.</summary>
    /// <param name="Zone">The zone.</param>
    /// <param name="Codes">The response codes, each once.</param>
    public sealed record ServersFailed(DnsName Zone, IReadOnlyList<DnsResponseCode> Codes)
        : ResolutionFailure($"The servers of {Zone.ToAbsoluteString()} answer {string.Join(", ", Codes.Select(static c => c.ToText()))}.");

    /// <summary>The servers failed in different ways.</summary>
    /// <param name="Zone">The zone.</param>
    /// <param name="Servers">Those asked.</param>
    public sealed record NoUsableServer(DnsName Zone, IReadOnlyList<IpEndpoint> Servers)
        : ResolutionFailure($"No server of {Zone.ToAbsoluteString()} gave a usable answer: {string.Join(", ", Servers)}.");

    /// <summary>No address of any server of a zone could be found.</summary>
    /// <param name="Zone">The zone.</param>
    /// <param name="Hosts">The names of its servers.</param>
    /// <param name="NeedsItself">The addresses are in a zone that cannot be reached without them: glue is missing.</param>
    public sealed record NoServerAddress(DnsName Zone, IReadOnlyList<DnsName> Hosts, bool NeedsItself)
        : ResolutionFailure($"The servers of {Zone.ToAbsoluteString()} have no address that can be found ({string.Join(", ", Hosts.Select(static h => h.ToAbsoluteString()))})"
            + (NeedsItself ? ": to ask for it one would have to know it already, so the parent must give glue." : "."));

    /// <summary>An alias leads back to itself.</summary>
    /// <param name="Names">The names, in order.</param>
    public sealed record AliasLoop(IReadOnlyList<DnsName> Names)
        : ResolutionFailure($"The alias leads back to itself: {string.Join(" → ", Names)}.");

    /// <summary>There are more aliases than resolvers follow.</summary>
    /// <param name="Limit">The limit.</param>
    public sealed record AliasChainTooLong(int Limit) : ResolutionFailure($"The chain of aliases is longer than {Limit}; resolvers give up there.");

    /// <summary>The resolution took more questions than it may.</summary>
    /// <param name="Limit">The limit.</param>
    public sealed record WorkLimit(int Limit)
        : ResolutionFailure($"Given up after {Limit} questions to servers: a resolver that went on could be made to flood others (NXNSAttack).");

    /// <summary>Finding servers' addresses needed the addresses of servers, and so on, too deep.</summary>
    /// <param name="Zone">The zone whose servers were looked for.</param>
    /// <param name="Limit">The limit.</param>
    public sealed record TooDeep(DnsName Zone, int Limit)
        : ResolutionFailure($"The addresses of the servers of {Zone.ToAbsoluteString()} hang on those of other servers, more than {Limit} deep.");

    /// <summary>This host could not ask.</summary>
    /// <param name="Refusal">The reason.</param>
    public sealed record NotAsked(HostRefusal Refusal) : ResolutionFailure(Refusal.Reason);
}
