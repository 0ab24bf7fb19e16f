using Fathom.Wire.Application.Dns;

namespace Fathom.Services.Application.Dns;

/// <summary>
/// Answers questions from zones, without I/O (RFC 1034 §4.3.2 without recursion): data, referrals with glue, aliases followed
/// inside the zones, wildcards, negative answers with the SOA, EDNS.
/// </summary>
/// <param name="zones">The zones; of several that hold a name, the longest one answers.</param>
public sealed class AuthoritativeResponder(IReadOnlyList<DnsZone> zones)
{
    // As many aliases as resolvers follow; a longer chain, or a loop, is answered as far as it was followed.
    private const int MaximumAliases = 16;

    /// <summary>The zones that it answers for.</summary>
    public IReadOnlyList<DnsZone> Zones => zones;

    /// <summary>Answers the octets of a query.</summary>
    /// <param name="query">What came.</param>
    /// <param name="overTcp">It came over TCP: the answer may have 65,535 octets.</param>
    /// <returns>The answer, or null where none is due: what came is no query (RFC 1035 §7.3: a response is never answered).</returns>
    public byte[]? Respond(ReadOnlySpan<byte> query, bool overTcp)
    {
        if (!DnsAnswers.TryRead(query, out var message, out var fault)) return fault;
        return DnsAnswers.Write(Respond(message), message, overTcp);
    }

    /// <summary>Answers a query; the answer may be larger than its transport allows.</summary>
    /// <param name="query">The query.</param>
    public DnsMessage Respond(DnsMessage query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var answer = DnsAnswers.Begin(query);
        if (answer.ResponseCode != DnsResponseCode.NoError) return answer;
        var question = query.Questions[0];

        // RFC 5936 §2.2.1: who does not offer a transfer refuses it.
        if (question.Type is DnsType.Axfr or DnsType.Ixfr || ZoneOf(question.Name, question.Type, question.Class) is not { } zone)
            return answer with { ResponseCode = DnsResponseCode.Refused };
        var work = new Answering(this, answer, question);
        work.Follow(zone);
        return work.ToMessage();
    }

    // A server of both sides of a cut answers from the child, but DS from the parent (RFC 4035 §3.1.4.1).
    private DnsZone? ZoneOf(DnsName name, DnsType type, DnsClass @class)
    {
        DnsZone? best = null;
        foreach (var zone in zones)
        {
            if (zone.Soa.Class != @class || !name.IsSubdomainOf(zone.Origin) || zone.Origin.LabelCount < (best?.Origin.LabelCount ?? 0)) continue;
            if (type == DnsType.Ds && zone.Origin == name && best is not null) continue;
            if (best is null || type != DnsType.Ds || zone.Origin != name) best = zone;
        }

        return best;
    }

    /// <summary>One answer in the making.</summary>
    private sealed class Answering(AuthoritativeResponder owner, DnsMessage answer, DnsQuestion question)
    {
        private readonly List<DnsRecord> _answers = [];
        private readonly List<DnsRecord> _authorities = [];
        private readonly List<DnsRecord> _additionals = [];
        private DnsResponseCode _code;
        private bool _authoritative;

        public DnsMessage ToMessage() => answer with
        {
            Authoritative = _authoritative,
            ResponseCode = _code,
            Answers = _answers,
            Authorities = _authorities,
            Additionals = _additionals,
        };

        public void Follow(DnsZone zone)
        {
            DnsZone? current = zone;
            var name = question.Name;
            var seen = new HashSet<DnsName> { name };
            while (current is not null)
            {
                switch (current.Look(name, question.Type))
                {
                    case DnsZoneMatch.Data data:
                        _authoritative = true;
                        _answers.AddRange(data.Records);
                        AddAddresses(data.Records);
                        return;
                    case DnsZoneMatch.Alias alias:
                        _authoritative = true;
                        _answers.Add(alias.Record);
                        name = ((DnsData.CName)alias.Record.Data).Target;
                        break;
                    case DnsZoneMatch.Renamed { Record: var rename }:
                        // RFC 6672 §3.1: the DNAME, and a CNAME made from it with its TTL.
                        _authoritative = true;
                        _answers.Add(rename);
                        if (!name.TryRebase(rename.Name, ((DnsData.DName)rename.Data).Target, out var target))
                        {
                            _code = DnsResponseCode.YXDomain;
                            return;
                        }

                        _answers.Add(new DnsRecord(name, DnsType.CName, rename.Class, rename.TimeToLive, new DnsData.CName(target)));
                        name = target;
                        break;
                    case DnsZoneMatch.Delegation cut:
                        _authorities.AddRange(cut.Servers);

                        // RFC 4035 §3.1.4: the child's key, for who asks for DNSSEC.
                        if (answer.Edns is { DnssecOk: true }) _authorities.AddRange(current.Find(cut.Zone, DnsType.Ds));
                        foreach (var server in cut.Servers) AddGlue(current, ((DnsData.Ns)server.Data).Host);
                        return;
                    case DnsZoneMatch.NoSuchName:
                        // RFC 6604 §3: the code is the last name's.
                        _code = DnsResponseCode.NXDomain;
                        goto default;
                    default:
                        _authoritative = true;
                        _authorities.Add(current.NegativeSoa);
                        return;
                }

                // A chain that leaves the zones, comes back to itself, or does not end, is the asker's to go on with.
                if (!seen.Add(name) || seen.Count > MaximumAliases) return;
                current = owner.ZoneOf(name, question.Type, question.Class);
            }
        }

        // RFC 1034 §4.3.2 step 6: the addresses of hosts that an answer names, where they are in a zone of ours.
        private void AddAddresses(IEnumerable<DnsRecord> records)
        {
            foreach (var record in records)
            {
                var host = record.Data switch { DnsData.Ns ns => ns.Host, DnsData.Mx mx => mx.Exchange, DnsData.Srv srv => srv.Target, _ => null };
                if (host is null || owner.ZoneOf(host, DnsType.A, question.Class) is not { } zone) continue;
                AddGlue(zone, host);
            }
        }

        private void AddGlue(DnsZone zone, DnsName host)
        {
            if (!host.IsSubdomainOf(zone.Origin)) return;
            foreach (var record in zone.Find(host, DnsType.A).Concat(zone.Find(host, DnsType.Aaaa)))
            {
                if (!_additionals.Contains(record) && !_answers.Contains(record)) _additionals.Add(record);
            }
        }
    }
}
