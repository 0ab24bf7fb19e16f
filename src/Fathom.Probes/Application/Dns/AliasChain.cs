using Fathom.Wire.Application.Dns;
using Fathom.Wire.Internet;

namespace Fathom.Probes.Application.Dns;

/// <summary>The way through a response from the name asked for to its addresses (RFC 1034 §3.6.2).</summary>
/// <param name="Names">The name asked for, then each alias target in order.</param>
/// <param name="Addresses">The addresses of the last name.</param>
/// <param name="IsLoop">The chain comes back to a name that it already had, or exceeds the limit.</param>
public sealed record AliasChain(IReadOnlyList<DnsName> Names, IReadOnlyList<IpAddress> Addresses, bool IsLoop)
{
    // BIND follows 16 aliases (max-query-restarts was 11 to 16 over the years); longer chains do not resolve in practice.
    private const int MaximumAliases = 16;

    /// <summary>Follows the aliases in a response.</summary>
    /// <param name="message">The response.</param>
    /// <param name="question">The question that it answers.</param>
    public static AliasChain Follow(DnsMessage message, DnsQuestion question)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(question);
        var names = new List<DnsName> { question.Name };
        while (true)
        {
            var current = names[^1];
            var addresses = new List<IpAddress>();
            DnsName? target = null;
            foreach (var record in message.Answers)
            {
                if (!record.Name.Equals(current)) continue;
                if (record.Data is DnsData.A a && question.Type == DnsType.A) addresses.Add(a.Address);
                else if (record.Data is DnsData.Aaaa aaaa && question.Type == DnsType.Aaaa) addresses.Add(aaaa.Address);
                else if (record.Data is DnsData.CName alias) target ??= alias.Target;
            }

            if (addresses.Count > 0 || target is null) return new AliasChain(names, addresses, false);
            if (names.Contains(target) || names.Count > MaximumAliases) return new AliasChain([.. names, target], [], true);
            names.Add(target);
        }
    }
}
