using Fathom.Probes.Internet;
using Fathom.Wire.Application.Dns;

namespace Fathom.Probes.Application.Dns.Iterative;

/// <summary>Reads replies as an iterative resolver does (RFC 1034 §5.3.3, RFC 2308 §2): nothing is believed of a server beyond its zone.</summary>
public static class ReplyReader
{
    /// <summary>Reads what became of a question.</summary>
    /// <param name="outcome">The exchange.</param>
    /// <param name="zone">The zone whose server was asked.</param>
    public static ServerReply Read(DnsExchangeOutcome outcome, DnsName zone)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(zone);
        return outcome switch
        {
            DnsExchangeOutcome.Answered a => Read(a.Message, a.Question, zone),
            DnsExchangeOutcome.TimedOut => new ServerReply.Silent(),
            DnsExchangeOutcome.Failed f => new ServerReply.Unreachable(f.Error.Describe()),
            DnsExchangeOutcome.TcpFailed t => new ServerReply.Unreachable(t.Queries > 0 ? $"the answer was truncated, and {t.Reason}" : t.Reason),
            DnsExchangeOutcome.Malformed m => new ServerReply.Malformed(m.Reason),
            DnsExchangeOutcome.NotAsked n => new ServerReply.NotAsked(n.Refusal),
            _ => throw new ArgumentException("Unknown outcome.", nameof(outcome)),
        };
    }

    /// <summary>Reads a message.</summary>
    /// <param name="message">The reply, whose id and question were checked.</param>
    /// <param name="question">The question.</param>
    /// <param name="zone">The zone whose server was asked.</param>
    public static ServerReply Read(DnsMessage message, DnsQuestion question, DnsName zone)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(zone);
        if (message.ResponseCode is not (DnsResponseCode.NoError or DnsResponseCode.NXDomain))
            return new ServerReply.Error(message.ResponseCode, message.Edns?.ExtendedErrors ?? []);
        var ignored = new List<IgnoredRecord>();
        var chain = AnswerChain.Follow(Believed(message.Answers, zone, ignored), question, ignored);
        return ReadChain(message, question, zone, chain, ignored) with { Ignored = ignored };
    }

    private static ServerReply ReadChain(DnsMessage message, DnsQuestion question, DnsName zone, AnswerChain chain, List<IgnoredRecord> ignored)
    {
        // Answers from a cache of its own: the server recurses, and has no zone here (Unbound calls it "recursion lame").
        var recursesOnly = message is { Authoritative: false, RecursionAvailable: true };
        if (chain.IsComplete)
            return recursesOnly ? new ServerReply.Lame("it answers from a cache, without authority") : new ServerReply.Answer(chain.Records, chain.Names, message.Authoritative);

        // RFC 6604 §3: the code and the SOA are about the chain's last name; that one is asked for anew, where it belongs.
        if (chain.Names.Count > 1)
            return recursesOnly ? new ServerReply.Lame("it answers from a cache, without authority") : new ServerReply.Alias(chain.Records, chain.Names, message.Authoritative);

        var authorities = Believed(message.Authorities, zone, ignored);
        var soa = authorities.FirstOrDefault(r => r.Data is DnsData.Soa && question.Name.IsSubdomainOf(r.Name));
        if (message.ResponseCode == DnsResponseCode.NXDomain)
            return recursesOnly && soa is null ? new ServerReply.Lame("it denies the name from a cache, without authority") : new ServerReply.NoSuchName(soa);
        if (soa is not null) return new ServerReply.NoSuchData(soa);

        var servers = authorities.Where(r => r.Data is DnsData.Ns && r.Name != zone && question.Name.IsSubdomainOf(r.Name)).ToList();
        if (servers.Count > 0)
        {
            var cut = servers.MaxBy(static r => r.Name.LabelCount)!.Name;
            servers.RemoveAll(r => r.Name != cut);
            return new ServerReply.Referral(cut, servers, Glue(message, zone, servers, ignored));
        }

        // RFC 2308 §2.2, type 3: no records and no SOA, said with authority.
        if (message.Authoritative) return new ServerReply.NoSuchData(null);
        var upward = message.Authorities.FirstOrDefault(r => r.Data is DnsData.Ns && zone.IsSubdomainOf(r.Name));
        if (upward is null) return new ServerReply.Lame("an empty answer without authority");
        return new ServerReply.Lame(upward.Name == zone ? $"it refers back to {zone.ToAbsoluteString()} itself" : $"it refers upward, to {upward.Name.ToAbsoluteString()}");
    }

    // RFC 5452 §6, RFC 2181 §5.4.1: a server is believed about names in its zone, and about no others.
    private static List<DnsRecord> Believed(IReadOnlyList<DnsRecord> records, DnsName zone, List<IgnoredRecord> ignored)
    {
        var believed = new List<DnsRecord>(records.Count);
        foreach (var record in records)
        {
            if (record.Name.IsSubdomainOf(zone)) believed.Add(record);
            else ignored.Add(new IgnoredRecord(record, $"out of bailiwick: not below {zone.ToAbsoluteString()}"));
        }

        return believed;
    }

    private static List<DnsRecord> Glue(DnsMessage message, DnsName zone, List<DnsRecord> servers, List<IgnoredRecord> ignored)
    {
        var hosts = servers.Select(static r => ((DnsData.Ns)r.Data).Host).ToHashSet();
        var glue = new List<DnsRecord>();
        foreach (var record in Believed(message.Additionals, zone, ignored))
        {
            if (record.Data is not (DnsData.A or DnsData.Aaaa)) continue;
            if (hosts.Contains(record.Name)) glue.Add(record);
            else ignored.Add(new IgnoredRecord(record, "not the address of a server that the referral names"));
        }

        return glue;
    }
}
