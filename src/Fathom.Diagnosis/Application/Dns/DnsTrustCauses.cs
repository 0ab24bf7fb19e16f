using Fathom.Probes.Application.Dns;

namespace Fathom.Diagnosis.Application.Dns;

/// <summary>Answers that are there and are not what DNS says: the hosts file, and resolvers that lie.</summary>
internal static class DnsTrustCauses
{
    /// <summary>Judges a hosts file entry against DNS.</summary>
    /// <param name="name">What was learned.</param>
    /// <param name="severity">Warn, or fail where the override is what broke the connection.</param>
    /// <param name="confidence">Certain, unless the failure may have another reason.</param>
    public static Finding? JudgeOverride(NameObservation name, Severity severity, Confidence confidence)
    {
        if (name.HostsAddresses.Count == 0 || name.DnsAddresses.Count == 0) return null;

        // Only addresses of versions that the hosts file speaks of can contradict it.
        var versions = name.HostsAddresses.Select(static a => a.Version).ToHashSet();
        var dns = name.DnsAddresses.Where(a => versions.Contains(a.Version)).ToHashSet();
        if (dns.Count == 0 || name.HostsAddresses.All(dns.Contains)) return null;
        var entry = name.Configuration.HostsFile.FirstOrDefault(e => e.Address == name.HostsAddresses[0]
            && e.Names.Any(n => n.Equals(name.Name, StringComparison.OrdinalIgnoreCase)));
        var where = entry is null ? name.Configuration.HostsSource : $"{name.Configuration.HostsSource} line {entry.Line}";
        return new Finding(Causes.DnsHostsOverride, severity, Stage.Dns,
            $"{where} sends {name.Name} to {string.Join(", ", name.HostsAddresses)}; DNS says {string.Join(", ", name.DnsAddresses.Take(4))}.",
            [.. name.Answers.SelectMany(static a => a.Evidence)])
        {
            Confidence = confidence,
            Fix = $"Remove the entry for {name.Name} from {name.Configuration.HostsSource}, unless it is meant.",
            Alternatives = confidence == Confidence.Certain ? [] : [new Alternative(Causes.TcpRefused, $"Check the address that DNS gives: fathom check {name.DnsAddresses[0]}")],
        };
    }

    /// <summary>Judges a resolver that answers for a name that cannot exist (RFC 6761 §6.4).</summary>
    public static Finding? JudgeHijack(NameObservation name)
    {
        if (name.Impossible is not DnsExchangeOutcome.Answered impossible) return null;
        var addresses = AliasChain.Follow(impossible.Message, impossible.Question).Addresses;
        if (addresses.Count == 0) return null;
        return new Finding(Causes.DnsHijacked, Severity.Warn, Stage.Dns,
            $"The resolver {impossible.Server.Address} answers {addresses[0]} for {impossible.Question.Name}, a name that cannot exist: its answers are not the real DNS.",
            impossible.Evidence)
        {
            Fix = "Log in to the network if it has a portal; else use a resolver that does not rewrite answers.",
        };
    }
}
