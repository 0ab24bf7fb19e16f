using Fathom.Hosts.Internet;
using Fathom.Probes;
using Fathom.Probes.Application.Dns;
using Fathom.Probes.Application.Dns.Iterative;
using Fathom.Probes.Internet;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Diagnosis.Application.Dns;

/// <summary>
/// Looks why a resolver fails on a name (SERVFAIL, or no answer for this name alone). Of the resolver it asks only what it still knows: the aliases one by one, and the servers of the nearest zone
/// above; from there it follows the delegations itself, without recursion. Nothing is asked where all is well.
/// </summary>
internal sealed class DelegationExperiment(ProbeContext context, IpEndpoint resolver, CancellationToken cancellation)
{
    // A person's patience is spent by then on the resolver itself: one retry.
    private static readonly DnsQueryOptions Ask = new() { Schedule = [TimeSpan.Zero, TimeSpan.FromMilliseconds(700)], Timeout = TimeSpan.FromSeconds(1.5) };
    private static readonly DnsQueryOptions AskServer = Ask with { RecursionDesired = false };

    // A chain that is longer does not resolve anywhere; a loop has two or three.
    private const int MostAliases = 8;

    // Zones have two to four servers that anybody waits for, and the ways down to a name few cuts.
    private const int MostServers = 4;
    private const int MostCuts = 8;

    private readonly List<string> _evidence = [];

    /// <summary>Makes the experiment.</summary>
    /// <param name="name">The name that the resolver fails on.</param>
    public async Task<DelegationObservation> RunAsync(DnsName name)
    {
        var aliases = await FindLoopAsync(name);
        if (aliases.Count > 0) return new DelegationObservation(aliases, null, [], _evidence);
        var (zone, servers) = await FindZoneAboveAsync(name);
        for (var cut = 0; zone is not null && cut < MostCuts; cut++)
        {
            var replies = await AskAllAsync(zone, name, servers);
            if (replies.Select(static r => r.Reply).OfType<ServerReply.Referral>().FirstOrDefault(r => r.Zone.LabelCount > zone.LabelCount) is not { } referral)
                return new DelegationObservation([], zone, await Task.WhenAll(replies.Select(r => JudgeAsync(zone, r, cut > 0))), _evidence);
            zone = referral.Zone;
            servers = await AddressesAsync(referral.Servers, referral.Glue);
        }

        return new DelegationObservation([], null, [], _evidence);
    }

    private async Task<IReadOnlyList<DnsName>> FindLoopAsync(DnsName name)
    {
        var names = new List<DnsName> { name };
        while (names.Count <= MostAliases)
        {
            if (await AskAsync(resolver, names[^1], DnsType.CName, Ask) is not DnsExchangeOutcome.Answered { Message: var message }) return [];
            if (message.Answers.FirstOrDefault(r => r.Name == names[^1])?.Data is not DnsData.CName { Target: var target }) return [];
            var isKnown = names.Contains(target);
            names.Add(target);
            if (isKnown) return names;
        }

        return [];
    }

    // The nearest zone above the name whose servers the resolver can tell.
    private async Task<(DnsName? Zone, IReadOnlyList<(DnsName, IpEndpoint)> Servers)> FindZoneAboveAsync(DnsName name)
    {
        for (var zone = name; zone is not null; zone = zone.Parent)
        {
            if (await AskAsync(resolver, zone, DnsType.Ns, Ask) is not DnsExchangeOutcome.Answered { Message: { ResponseCode: DnsResponseCode.NoError } message }) continue;
            var servers = message.Answers.Where(r => r.Name == zone && r.Data is DnsData.Ns).ToList();
            if (servers.Count > 0 && await AddressesAsync(servers, message.Additionals) is { Count: > 0 } addresses) return (zone, addresses);
        }

        return (null, []);
    }

    private async Task<IReadOnlyList<(DnsName Host, IpEndpoint Server)>> AddressesAsync(IReadOnlyList<DnsRecord> servers, IReadOnlyList<DnsRecord> glue)
    {
        var found = new List<(DnsName, IpEndpoint)>();
        foreach (var host in servers.Select(static r => ((DnsData.Ns)r.Data).Host).Take(MostServers))
        {
            var address = glue.Where(r => r.Name == host).Select(AddressOf).FirstOrDefault(static a => a.IsV4 && !a.IsUnspecified);
            if (address.IsUnspecified && await AskAsync(resolver, host, DnsType.A, Ask) is DnsExchangeOutcome.Answered { Message: var v4 }) address = First(v4);
            if (address.IsUnspecified) address = glue.Where(r => r.Name == host).Select(AddressOf).FirstOrDefault(static a => a.IsV6 && !a.IsUnspecified);
            if (address.IsUnspecified && await AskAsync(resolver, host, DnsType.Aaaa, Ask) is DnsExchangeOutcome.Answered { Message: var v6 }) address = First(v6);
            if (!address.IsUnspecified) found.Add((host, new IpEndpoint(address, resolver.Port)));
        }

        return found;
    }

    private async Task<IReadOnlyList<Asked>> AskAllAsync(DnsName zone, DnsName name, IReadOnlyList<(DnsName Host, IpEndpoint Server)> servers)
    {
        var outcomes = await Task.WhenAll(servers.Select(s => AskAsync(s.Server, name, DnsType.A, AskServer)));
        return [.. servers.Select((s, i) => new Asked(s.Host, s.Server, outcomes[i], ReplyReader.Read(outcomes[i], zone)))];
    }

    private async Task<DelegatedServer> JudgeAsync(DnsName zone, Asked asked, bool aboveAnswered)
        => new(asked.Host, asked.Server, asked.Reply, await ServiceOfAsync(zone, asked, aboveAnswered));

    // A name alone may be refused or fail by itself. Whether the zone is served at all its SOA tells, which every server of a zone has (RFC 1034 §4.2.1).
    private async Task<ZoneService> ServiceOfAsync(DnsName zone, Asked asked, bool aboveAnswered)
    {
        if (asked.Reply.IsUsable) return ZoneService.Served;
        if (asked.Outcome is DnsExchangeOutcome.Failed { Error: var error } && error.Reporter?.WithZone(0) == asked.Server.Address.WithZone(0) && error.GetMeaning([]) == IcmpMeaning.PortUnreachable)
            return ZoneService.Closed;

        // Where nobody answers this machine on port 53 it may be this network that lets only its resolver ask; then silence says nothing.
        if (asked.Reply is ServerReply.Silent or ServerReply.Unreachable) return aboveAnswered ? ZoneService.Silent : ZoneService.Unknown;
        if (asked.Reply is not (ServerReply.Lame or ServerReply.Error { Code: DnsResponseCode.Refused or DnsResponseCode.NotAuth or DnsResponseCode.ServFail })) return ZoneService.Unknown;

        var apex = ReplyReader.Read(await AskAsync(asked.Server, zone, DnsType.Soa, AskServer), zone);
        if (apex is ServerReply.Answer { Authoritative: true }) return ZoneService.Served;
        if (asked.Reply is not ServerReply.Error { Code: DnsResponseCode.ServFail }) return ZoneService.NotServed;
        if (apex is not ServerReply.Error { Code: DnsResponseCode.ServFail }) return ZoneService.Unknown;

        // A server that fails on the root as well, which it answers, refuses or refers to in health, fails on everything.
        return await AskAsync(asked.Server, DnsName.Root, DnsType.Ns, AskServer) switch
        {
            DnsExchangeOutcome.Answered { Message.ResponseCode: DnsResponseCode.ServFail } => ZoneService.Failing,
            DnsExchangeOutcome.Answered => ZoneService.Unloaded,
            _ => ZoneService.Unknown,
        };
    }

    private async Task<DnsExchangeOutcome> AskAsync(IpEndpoint server, DnsName name, DnsType type, DnsQueryOptions how)
    {
        var outcome = await DnsExchange.RunAsync(context, server, new DnsQuestion(name, type), how, cancellation);
        lock (_evidence) _evidence.AddRange(outcome.Evidence);
        return outcome;
    }

    private static IpAddress First(DnsMessage message) => message.Answers.Select(AddressOf).FirstOrDefault(static a => !a.IsUnspecified);

    // Of an unspecified one nothing can be asked; it stands for none.
    private static IpAddress AddressOf(DnsRecord record) => record.Address ?? default;

    private sealed record Asked(DnsName Host, IpEndpoint Server, DnsExchangeOutcome Outcome, ServerReply Reply);
}
