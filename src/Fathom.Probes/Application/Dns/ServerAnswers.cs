using Fathom.Wire.Application.Dns;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Probes.Application.Dns;

/// <summary>What one server said of one name, for the address types that were asked.</summary>
/// <param name="Server">The server.</param>
/// <param name="Name">The name asked for.</param>
/// <param name="Outcomes">One outcome for each type.</param>
public sealed record ServerAnswers(IpEndpoint Server, DnsName Name, IReadOnlyList<DnsExchangeOutcome> Outcomes)
{
    /// <summary>The addresses of all types, in the order of the answers.</summary>
    public IReadOnlyList<IpAddress> Addresses { get; } =
        [.. Outcomes.OfType<DnsExchangeOutcome.Answered>().SelectMany(static a => AliasChain.Follow(a.Message, a.Question).Addresses).Where(static a => !a.IsUnspecified).Distinct()];

    /// <summary>Answers of 0.0.0.0 or "::", which is how resolvers block names.</summary>
    public IReadOnlyList<IpAddress> BlockedAddresses => [.. Chains.SelectMany(static c => c.Addresses).Where(static a => a.IsUnspecified).Distinct()];

    /// <summary>The alias chains of the answers.</summary>
    public IReadOnlyList<AliasChain> Chains { get; } =
        [.. Outcomes.OfType<DnsExchangeOutcome.Answered>().Select(static a => AliasChain.Follow(a.Message, a.Question))];

    /// <summary>The messages that came.</summary>
    public IEnumerable<DnsMessage> Messages => Outcomes.OfType<DnsExchangeOutcome.Answered>().Select(static a => a.Message);

    /// <summary>The server answered at least one question with a message, whatever it said.</summary>
    public bool Answered => Outcomes.Any(static o => o is DnsExchangeOutcome.Answered);

    /// <summary>
    /// The server said something about the name itself, so that a stub asks no further: addresses, that it does not exist, or, to
    /// every question, that there is no such record.
    /// </summary>
    public bool IsDefinite => Addresses.Count > 0 || SaysNonExistent
        || Outcomes.All(static o => o is DnsExchangeOutcome.Answered { Message.ResponseCode: DnsResponseCode.NoError });

    /// <summary>An answer was truncated, and TCP did not bring the whole one.</summary>
    public bool IsTcpBlocked => Outcomes.Any(static o => o is DnsExchangeOutcome.TcpFailed);

    /// <summary>The name does not exist, says this server.</summary>
    public bool SaysNonExistent => Messages.Any(static m => m.ResponseCode == DnsResponseCode.NXDomain);

    /// <summary>Ids of the evidence of all outcomes.</summary>
    public IReadOnlyList<string> Evidence => [.. Outcomes.SelectMany(static o => o.Evidence)];

    /// <summary>The longest of the exchanges.</summary>
    public TimeSpan Duration => Outcomes.Max(static o => o.Duration);
}
