using Fathom.Wire.Application.Dns;
using Fathom.Wire.Transport;

namespace Fathom.Probes.Application.Dns;

/// <summary>A stub's question as libc asks it: one server after the other, one name of the search list after the other.</summary>
/// <param name="Attempts">Every exchange, in order.</param>
/// <param name="Settled">The exchange that settles it; null where no server said anything about any of the names.</param>
public sealed record StubResolution(IReadOnlyList<DnsExchangeOutcome> Attempts, DnsExchangeOutcome.Answered? Settled)
{
    /// <summary>Asks.</summary>
    /// <param name="context">Host and evidence.</param>
    /// <param name="servers">The servers, in order.</param>
    /// <param name="names">The names to try, in order (<see cref="NameResolution.Candidates"/>).</param>
    /// <param name="question">Type and class; its name is not used.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends the question with an <see cref="OperationCanceledException"/>.</param>
    public static async Task<StubResolution> AskAsync(
        ProbeContext context, IReadOnlyList<IpEndpoint> servers, IReadOnlyList<DnsName> names, DnsQuestion question, DnsQueryOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(servers);
        ArgumentNullException.ThrowIfNull(names);
        var attempts = new List<DnsExchangeOutcome>();
        DnsExchangeOutcome.Answered? negative = null;
        DnsExchangeOutcome.Answered? refusal = null;
        foreach (var name in names)
        {
            DnsExchangeOutcome.Answered? definite = null;
            foreach (var server in servers)
            {
                var outcome = await DnsExchange.RunAsync(context, server, question with { Name = name }, options, cancellation);
                attempts.Add(outcome);
                if (outcome is not DnsExchangeOutcome.Answered answered) continue;
                if (answered.Message.ResponseCode is DnsResponseCode.NoError or DnsResponseCode.NXDomain)
                {
                    definite = answered;
                    break;
                }

                refusal ??= answered;
            }

            if (definite is { Message.Answers.Count: > 0, Message.ResponseCode: DnsResponseCode.NoError }) return new StubResolution(attempts, definite);

            // The first name's own fate is what a person wants to read when none of them exists.
            negative ??= definite;
            if (definite is null) break; // no server speaks: another name will not help
        }

        return new StubResolution(attempts, negative ?? refusal);
    }
}
