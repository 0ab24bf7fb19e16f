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
        [.. Outcomes.OfType<DnsExchangeOutcome.Answered>().SelectMany(static a => AliasChain.Follow(a.Message, a.Question).Addresses).Distinct()];

    /// <summary>The alias chains of the answers.</summary>
    public IReadOnlyList<AliasChain> Chains { get; } =
        [.. Outcomes.OfType<DnsExchangeOutcome.Answered>().Select(static a => AliasChain.Follow(a.Message, a.Question))];

    /// <summary>The messages that came.</summary>
    public IEnumerable<DnsMessage> Messages => Outcomes.OfType<DnsExchangeOutcome.Answered>().Select(static a => a.Message);

    /// <summary>The server answered at least one question with a message, whatever it said.</summary>
    public bool Answered => Outcomes.Any(static o => o is DnsExchangeOutcome.Answered);

    /// <summary>The server said something about the name itself: that it exists, or that it does not. A stub asks no further.</summary>
    public bool IsDefinite => Messages.Any(static m => m.ResponseCode is DnsResponseCode.NoError or DnsResponseCode.NXDomain);

    /// <summary>The name does not exist, says this server.</summary>
    public bool SaysNonExistent => Messages.Any(static m => m.ResponseCode == DnsResponseCode.NXDomain);

    /// <summary>Ids of the evidence of all outcomes.</summary>
    public IReadOnlyList<string> Evidence => [.. Outcomes.SelectMany(static o => o.Evidence)];

    /// <summary>The longest of the exchanges.</summary>
    public TimeSpan Duration => Outcomes.Max(static o => o.Duration);
}
