using Fathom.Hosts.Application;
using Fathom.Probes.Application.Dns;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Internet;

namespace Fathom.Diagnosis.Application.Dns;

/// <summary>Everything that was learned of the target's name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Configuration">How the host resolves.</param>
/// <param name="HostsAddresses">What the hosts file says; where it says something, it decides.</param>
/// <param name="Answers">What each server said, in the configured order.</param>
internal sealed record NameObservation(
    string Name,
    ResolverConfiguration Configuration,
    IReadOnlyList<IpAddress> HostsAddresses,
    IReadOnlyList<ServerAnswers> Answers)
{
    /// <summary>The addresses that DNS gave, in the order of the first server that gave any.</summary>
    public IReadOnlyList<IpAddress> DnsAddresses => Answers.FirstOrDefault(static a => a.Addresses.Count > 0)?.Addresses ?? [];

    /// <summary>The addresses that the walk uses.</summary>
    public IReadOnlyList<IpAddress> Addresses => HostsAddresses.Count > 0 ? HostsAddresses : DnsAddresses;

    /// <summary>No server answered with a message of any kind, for this name or another.</summary>
    public bool AllServersSilent => IsNameUnanswered && !IsSilentOnThisName;

    /// <summary>No server answered the question for this name, and the first one answered one for another.</summary>
    public bool IsSilentOnThisName => IsNameUnanswered && Impossible is DnsExchangeOutcome.Answered && Answers[0].Outcomes.All(static o => o is DnsExchangeOutcome.TimedOut);

    private bool IsNameUnanswered => Answers.Count > 0 && !Answers.Any(static a => a.Outcomes.Any(static o =>
        o is DnsExchangeOutcome.Answered or DnsExchangeOutcome.Malformed or DnsExchangeOutcome.TcpFailed));

    /// <summary>The server was named as the target (dns://), not found in the configuration.</summary>
    public bool IsServerTheTarget { get; init; }

    /// <summary>The same question with checking disabled, after SERVFAIL; null if it was not asked.</summary>
    public DnsExchangeOutcome? CheckingDisabled { get; init; }

    /// <summary>
    /// The first definite answer, where it says that there is no such record and brings no SOA that says so (RFC 2308 §2.2): what some resolvers make of a zone that nobody serves. Null otherwise.
    /// </summary>
    public ServerAnswers? UnfoundedDenial => Answers.FirstOrDefault(static a => a.IsDefinite) is { SaysNonExistent: false, Addresses.Count: 0, BlockedAddresses.Count: 0 } denied
        && denied.Messages.All(static m => m.Answers.Count == 0 && m.Authorities.All(static r => r.Data is not DnsData.Soa)) ? denied : null;

    /// <summary>What is behind a denial without a ground, or a SERVFAIL that is one with checking disabled, too; null if it was not looked for.</summary>
    public DelegationObservation? Delegation { get; init; }

    /// <summary>Ids of the evidence of the configuration, where it names no server.</summary>
    public IReadOnlyList<string> ConfigurationEvidence { get; init; } = [];

    /// <summary>What a name that cannot exist got; null if it was not asked.</summary>
    public DnsExchangeOutcome? Impossible { get; init; }

    /// <summary>The first answer with this response code, or null.</summary>
    public (ServerAnswers Server, DnsMessage Message)? FindCode(DnsResponseCode code)
    {
        foreach (var server in Answers)
        {
            foreach (var message in server.Messages)
            {
                if (message.ResponseCode == code) return (server, message);
            }
        }

        return null;
    }
}
