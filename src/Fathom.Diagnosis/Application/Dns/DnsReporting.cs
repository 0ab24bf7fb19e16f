using Fathom.Probes.Application.Dns;
using Fathom.Wire.Application.Dns;

namespace Fathom.Diagnosis.Application.Dns;

/// <summary>What the DNS stage shows.</summary>
internal static class DnsReporting
{
    public static string Summary(NameObservation name)
    {
        if (name.Addresses.Count == 0) return $"{name.Name} has no address";
        var source = name.HostsAddresses.Count > 0 ? $" ({name.Configuration.HostsSource})" : string.Empty;
        var shown = string.Join(", ", name.Addresses.Take(3));
        return $"{name.Name} → {shown}{(name.Addresses.Count > 3 ? $" and {name.Addresses.Count - 3} more" : string.Empty)}{source}";
    }

    public static IReadOnlyList<Fact> Facts(NameObservation name)
    {
        var facts = new List<Fact>
        {
            new("name", name.Name),
            new("addresses", name.Addresses.Select(static a => a.ToString()).ToArray()),
            new("source", name.HostsAddresses.Count > 0 ? name.Configuration.HostsSource : name.Configuration.Source),
        };
        var aliases = name.Answers.SelectMany(static a => a.Chains).Where(static c => c.Names.Count > 1).Select(static c => c.Names).FirstOrDefault();
        if (aliases is not null) facts.Add(new Fact("aliases", aliases.Skip(1).Select(static n => n.ToString()).ToArray()));
        facts.Add(new Fact("servers", name.Answers.Select(Server).ToArray()));
        return facts;
    }

    private static IReadOnlyList<Fact> Server(ServerAnswers server) =>
    [
        new("server", server.Server.ToString()),
        new("result", Result(server)),
        new("durationMilliseconds", server.Duration),
    ];

    private static string Result(ServerAnswers server) => server.Outcomes.OrderByDescending(static o => o is DnsExchangeOutcome.Answered).FirstOrDefault() switch
    {
        DnsExchangeOutcome.Answered a => a.Message.ResponseCode.ToText(),
        DnsExchangeOutcome.TimedOut => "timeout",
        DnsExchangeOutcome.Failed => "unreachable",
        DnsExchangeOutcome.Malformed => "malformed",
        DnsExchangeOutcome.TcpFailed => "truncated, TCP failed",
        _ => "not asked",
    };
}
