using Fathom.Probes.Application.Dns;
using Fathom.Probes.Internet;
using Fathom.Wire.Application.Dns;

namespace Fathom.Diagnosis.Application.Dns;

/// <summary>The causes that lie with the resolvers themselves: none configured, none answers, one of them dead, TCP blocked, junk.</summary>
internal static class DnsServerCauses
{
    /// <summary>Judges what the servers did.</summary>
    /// <param name="name">What was learned.</param>
    /// <param name="resolverAlive">A resolver's host answered something else (an echo, say); then silence on port 53 is the service's.</param>
    public static IEnumerable<Finding> Judge(NameObservation name, bool resolverAlive)
    {
        var failed = name.Answers.Where(static a => !a.IsDefinite && !a.Outcomes.All(static o => o is DnsExchangeOutcome.NotAsked)).ToArray();
        if (name.Answers.Count == 0 || (name.Configuration.ServersAreDefault && name.AllServersSilent))
        {
            yield return new Finding(Causes.DnsNoServer, Severity.Fail, Stage.Dns,
                $"No resolver is configured: no server is named by {name.Configuration.Source}{(name.Answers.Count == 0 ? "." : ", and nothing answers on this machine.")}",
                [.. name.ConfigurationEvidence, .. name.Answers.SelectMany(static a => a.Evidence)])
            {
                Fix = name.Configuration.Source.StartsWith('/')
                    ? $"Name a resolver: nameserver ADDRESS in {name.Configuration.Source}, or run the DHCP client."
                    : "Name a resolver by hand, or have DHCP or the router's advertisements name one.",
            };
            yield break;
        }

        if (failed.Length == name.Answers.Count)
        {
            if (AllFailed(name, resolverAlive) is { } all) yield return all;
            yield break;
        }

        foreach (var server in failed)
        {
            var (what, confidence) = Describe(server);
            yield return new Finding(server.IsTcpBlocked ? Causes.DnsTcpBlocked : Causes.DnsServerDegraded,
                Severity.Warn, Stage.Dns, $"The resolver {server.Server.Address} {what}; another one answers.", server.Evidence)
            {
                Confidence = confidence,
                Fix = $"Repair or remove {server.Server.Address}: every name takes longer whenever it is asked first.",
                Alternatives = confidence == Confidence.Certain ? [] : [new Alternative(Causes.PathLoss, "Ask again several times: a dead resolver never answers, a lossy path sometimes does.")],
            };
        }
    }

    private static Finding? AllFailed(NameObservation name, bool resolverAlive)
    {
        var evidence = name.Answers.SelectMany(static a => a.Evidence).ToArray();
        var outcomes = name.Answers.SelectMany(static a => a.Outcomes).ToArray();
        if (outcomes.OfType<DnsExchangeOutcome.TcpFailed>().FirstOrDefault() is { } tcp)
        {
            return new Finding(Causes.DnsTcpBlocked, Severity.Fail, Stage.Dns,
                $"The answer for {name.Name} from {tcp.Server.Address} is too long for UDP (truncated), and {tcp.Reason}.", evidence)
            {
                Fix = "Allow TCP port 53 to the resolver (RFC 7766 requires it).",
            };
        }

        if (name.AllServersSilent)
        {
            var closed = outcomes.OfType<DnsExchangeOutcome.Failed>().FirstOrDefault();
            var certain = resolverAlive || (closed is not null && closed.Error.GetMeaning([]) == IcmpMeaning.PortUnreachable);
            var servers = string.Join(", ", name.Answers.Select(static a => a.Server.Address.ToString()).Distinct());
            var many = name.Answers.Count > 1;
            return new Finding(Causes.DnsServerUnreachable, Severity.Fail, Stage.Dns,
                $"{(name.IsServerTheTarget ? "The DNS server does not answer" : many ? "None of the configured resolvers answers" : "The configured resolver does not answer")}: {servers}{(closed is null ? string.Empty : $" ({closed.Error.Describe()})")}.", evidence)
            {
                Confidence = certain ? Confidence.Certain : Confidence.Likely,
                Fix = name.IsServerTheTarget ? "Start the server there, and let UDP and TCP port 53 through." : "Start the resolver, let UDP and TCP port 53 through, or configure another one.",
                Alternatives = certain ? [] : [new Alternative(Causes.PathSilent, $"Check the path to the resolver: fathom check {name.Answers[0].Server.Address}")],
            };
        }

        if (outcomes.OfType<DnsExchangeOutcome.Malformed>().FirstOrDefault() is { } malformed && !outcomes.Any(static o => o is DnsExchangeOutcome.Answered))
        {
            return new Finding(Causes.DnsMalformed, Severity.Fail, Stage.Dns,
                $"The resolver {malformed.Server.Address} answers with {malformed.Reason}.", evidence)
            {
                Fix = "Use another resolver; look for a middlebox that rewrites DNS.",
            };
        }

        return null;
    }

    private static (string What, Confidence Confidence) Describe(ServerAnswers server)
    {
        foreach (var outcome in server.Outcomes)
        {
            switch (outcome)
            {
                case DnsExchangeOutcome.Answered a:
                    return ($"answers {a.Message.ResponseCode.ToText()}", Confidence.Certain);
                case DnsExchangeOutcome.Failed f:
                    return ($"cannot be asked: {f.Error.Describe()}", Confidence.Certain);
                case DnsExchangeOutcome.Malformed m:
                    return ($"answers with {m.Reason}", Confidence.Certain);
                case DnsExchangeOutcome.TcpFailed t:
                    return ($"truncates its answer, and {t.Reason}", Confidence.Certain);
                case DnsExchangeOutcome.NotAsked n:
                    return ($"was not asked ({n.Refusal.Reason})", Confidence.Certain);
            }
        }

        return ($"gave no answer to {server.Outcomes.Max(static o => o.Queries)} queries", Confidence.Certain);
    }
}
