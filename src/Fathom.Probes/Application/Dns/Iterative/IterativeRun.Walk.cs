using Fathom.Wire.Application.Dns;

namespace Fathom.Probes.Application.Dns.Iterative;

internal sealed partial class IterativeRun
{
    // RFC 9156 §2.3: after so many questions the whole name is asked for, so that a name of a hundred labels costs no hundred questions.
    private const int MaximumMinimized = 10;

    /// <summary>From the closest zone that is known down to the zone that answers. Every referral leads further down, so it ends.</summary>
    private async Task<(ServerReply? Reply, ResolutionFailure? Failure)> WalkAsync(DnsQuestion question, int depth, IReadOnlyList<DnsName> pending)
    {
        var delegation = Closest(question, depth);
        var (shown, minimized) = (delegation.Zone.LabelCount, 0);
        while (true)
        {
            shown = Math.Max(shown, delegation.Zone.LabelCount) + 1;
            var isWhole = !Options.MinimizeNames || shown >= question.Name.LabelCount || minimized >= MaximumMinimized;

            // RFC 9156 §2.1: type A hides best, and is answered by servers that choke on NS.
            var asked = isWhole ? question : new DnsQuestion(question.Name.Suffix(shown), DnsType.A);
            var (reply, failure) = await AskZoneAsync(delegation, asked, depth, pending);
            if (reply is null) return (null, failure);
            Remember(reply, asked);
            if (reply is ServerReply.Referral referral)
            {
                delegation = Delegation.From(referral.Zone, referral.Servers, referral.Glue);
                continue;
            }

            // RFC 8020: below a name that does not exist there is nothing.
            if (isWhole || reply is ServerReply.NoSuchName) return (reply, null);
            minimized++;
        }
    }

    // The servers of the closest zone above the name that the cache knows, else the root's.
    private Delegation Closest(DnsQuestion question, int depth)
    {
        // DS is the parent's (RFC 4035 §3.1.4.1).
        var name = question.Type == DnsType.Ds && !question.Name.IsRoot ? question.Name.Parent! : question.Name;
        for (var labels = name.LabelCount; labels > 0; labels--)
        {
            var zone = name.Suffix(labels);
            if (Cache.Find(zone, DnsType.Ns) is not DnsCacheEntry.Positive servers) continue;
            var delegation = Delegation.From(zone, servers.Records, servers.Records.Select(static r => r.Data).OfType<DnsData.Ns>().SelectMany(ns => KnownAddresses(ns.Host)));

            // Without glue that is still alive the zone's own hosts cannot be found from here.
            if (delegation.Addresses.Count == 0 && delegation.Hosts.All(h => h.IsSubdomainOf(zone))) continue;
            Add(new ResolutionStep.BeganAt(depth, question, zone, servers));
            return delegation;
        }

        return Delegation.From(DnsName.Root, resolver.Hints.Records.Where(static r => r.Name.IsRoot), resolver.Hints.Records);
    }

    private IEnumerable<DnsRecord> KnownAddresses(DnsName host)
    {
        foreach (var type in (DnsType[])[DnsType.A, DnsType.Aaaa])
        {
            if (Cache.Find(host, type) is not DnsCacheEntry.Positive known) continue;
            foreach (var record in known.Records) yield return record;
        }
    }
}
