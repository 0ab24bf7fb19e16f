using Fathom.Hosts.Internet;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Probes.Application.Dns.Iterative;

internal sealed partial class IterativeRun
{
    /// <summary>Asks the servers of a zone until one brings the resolution on: first those with known addresses, then the others.</summary>
    private async Task<(ServerReply? Reply, ResolutionFailure? Failure)> AskZoneAsync(Delegation delegation, DnsQuestion question, int depth, IReadOnlyList<DnsName> pending)
    {
        var tried = new List<ResolutionStep.Asked>();
        var known = delegation.Addresses.Concat(delegation.Hosts.SelectMany(h => KnownAddresses(h).Select(r => (Host: h, Address: r.Address!.Value)))).Distinct().ToList();
        var (reply, failure) = await AskAddressesAsync(delegation.Zone, known, question, depth, tried);
        if (reply is not null || failure is not null) return (reply, failure);

        var (lookups, needsItself, tooDeep) = (0, false, false);
        foreach (var host in delegation.Hosts)
        {
            if (known.Exists(k => k.Host == host)) continue;
            if (pending.Contains(host))
            {
                needsItself = true;
                Add(new ResolutionStep.PassedOver(depth, question, delegation.Zone, host, "its address is just what is being looked for"));
                continue;
            }

            tooDeep = depth >= Options.MaximumDepth;
            if (tooDeep) break;
            if (++lookups > Options.MaximumAddressLookups)
            {
                Add(new ResolutionStep.PassedOver(depth, question, delegation.Zone, host, $"the addresses of {Options.MaximumAddressLookups} servers of the zone were looked up already"));
                break;
            }

            (reply, failure) = await AskHostAsync(delegation.Zone, host, question, depth, [.. pending, host], tried);
            if (failure is ResolutionFailure.NoServerAddress { NeedsItself: true })
            {
                needsItself = true;
                continue;
            }

            if (reply is not null || failure is not null) return (reply, failure);
        }

        return (null, tried.Count > 0
            ? Explain(delegation.Zone, tried)
            : tooDeep ? new ResolutionFailure.TooDeep(delegation.Zone, Options.MaximumDepth) : new ResolutionFailure.NoServerAddress(delegation.Zone, delegation.Hosts, needsItself));
    }

    // The addresses of a server that came without glue; IPv6 only where IPv4 brought nothing on.
    private async Task<(ServerReply? Reply, ResolutionFailure? Failure)> AskHostAsync(
        DnsName zone, DnsName host, DnsQuestion question, int depth, IReadOnlyList<DnsName> pending, List<ResolutionStep.Asked> tried)
    {
        foreach (var type in (DnsType[])[DnsType.A, DnsType.Aaaa])
        {
            if (Options.Version is { } version && version != (type == DnsType.A ? IpVersion.V4 : IpVersion.V6)) continue;
            var wanted = new DnsQuestion(host, type);
            Add(new ResolutionStep.NeedsAddress(depth + 1, wanted, zone));
            var found = await ResolveAsync(wanted, depth + 1, pending);

            // An address that hangs on itself does so in both families.
            if (found is IterativeOutcome.Failed { Why: ResolutionFailure.WorkLimit or ResolutionFailure.NotAsked or ResolutionFailure.NoServerAddress { NeedsItself: true } } stopped) return (null, stopped.Why);
            if (found is not IterativeOutcome.Answered answered) continue;
            var addresses = answered.Records.Select(static r => r.Address).OfType<IpAddress>().Select(a => (host, a)).ToList();
            var (reply, failure) = await AskAddressesAsync(zone, addresses, question, depth, tried);
            if (reply is not null || failure is not null) return (reply, failure);
        }

        return (null, null);
    }

    private async Task<(ServerReply? Reply, ResolutionFailure? Failure)> AskAddressesAsync(
        DnsName zone, IReadOnlyList<(DnsName Host, IpAddress Address)> servers, DnsQuestion question, int depth, List<ResolutionStep.Asked> tried)
    {
        foreach (var (host, address) in resolver.Order(servers))
        {
            if (tried.Exists(t => t.Outcome.Server.Address == address)) continue;
            if (address.IsV6 && !await HasRouteAsync(address))
            {
                Add(new ResolutionStep.PassedOver(depth, question, zone, host, $"this host has no route to {address}"));
                continue;
            }

            if (Queries >= Options.MaximumQueries) return (null, new ResolutionFailure.WorkLimit(Options.MaximumQueries));
            Queries++;
            var outcome = await DnsExchange.RunAsync(context, new IpEndpoint(address, Options.ServerPort), question, Options.Query, cancellation);
            var step = new ResolutionStep.Asked(depth, question, zone, host, outcome, ReplyReader.Read(outcome, zone));
            Add(step);
            tried.Add(step);
            resolver.Learn(address, outcome.Duration, outcome is DnsExchangeOutcome.Answered);
            if (step.Reply.IsUsable) return (step.Reply, null);
            if (step.Reply is ServerReply.NotAsked refused) return (null, new ResolutionFailure.NotAsked(refused.Refusal));
        }

        return (null, null);
    }

    private async Task<bool> HasRouteAsync(IpAddress address)
    {
        var asked = await context.Host.FindRouteAsync(address, cancellation);

        // A host that cannot tell is no host without a route.
        return asked.Value is not { Kind: RouteKind.None or RouteKind.Unreachable or RouteKind.Prohibit or RouteKind.Blackhole };
    }

    private static ResolutionFailure Explain(DnsName zone, List<ResolutionStep.Asked> tried)
    {
        IReadOnlyList<IpEndpoint> servers = [.. tried.Select(static t => t.Outcome.Server)];
        var replies = tried.Select(static t => t.Reply).ToList();
        if (replies.TrueForAll(static r => r is ServerReply.Silent or ServerReply.Unreachable)) return new ResolutionFailure.AllServersSilent(zone, servers);

        // A server that is silent beside one that is lame leaves the lame one as what is known. A server that refuses names of a zone that
        // was delegated to it is lame too (RFC 9499 §7): it does not serve the zone.
        var spoke = replies.Where(static r => r is not (ServerReply.Silent or ServerReply.Unreachable)).ToList();
        if (spoke.TrueForAll(static r => r is ServerReply.Lame or ServerReply.Error { Code: DnsResponseCode.Refused or DnsResponseCode.NotAuth })) return new ResolutionFailure.LameDelegation(zone, servers);
        var codes = spoke.OfType<ServerReply.Error>().Select(static e => e.Code).ToList();
        return codes.Count == spoke.Count ? new ResolutionFailure.ServersFailed(zone, [.. codes.Distinct()]) : new ResolutionFailure.NoUsableServer(zone, servers);
    }
}
