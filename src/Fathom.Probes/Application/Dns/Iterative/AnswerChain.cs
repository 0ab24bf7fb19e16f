using Fathom.Wire.Application.Dns;

namespace Fathom.Probes.Application.Dns.Iterative;

/// <summary>The records of an answer section that lead from the question to its answer, in order (RFC 1034 §3.6.2, RFC 6672 §3.4).</summary>
/// <param name="Records">The aliases, then the records asked for.</param>
/// <param name="Names">The name asked for, then each target.</param>
/// <param name="IsComplete">The records asked for are there.</param>
internal sealed record AnswerChain(IReadOnlyList<DnsRecord> Records, IReadOnlyList<DnsName> Names, bool IsComplete)
{
    public static AnswerChain Follow(IReadOnlyList<DnsRecord> answers, DnsQuestion question, List<IgnoredRecord> ignored)
    {
        var (chain, names) = (new List<DnsRecord>(), new List<DnsName> { question.Name });
        var complete = false;
        while (!complete)
        {
            var current = names[^1];
            var found = answers.Where(r => r.Name == current && (r.Type == question.Type || question.Type == DnsType.Any)).ToList();
            chain.AddRange(found);
            complete = found.Count > 0;
            if (complete || Next(answers, current, chain) is not { } target) break;

            // The loop is the resolver's to name; what matters here is that reading ends.
            var isLoop = names.Contains(target);
            names.Add(target);
            if (isLoop) break;
        }

        foreach (var record in answers)
        {
            // RRSIG comes along only where DNSSEC was asked for; a DNAME's CNAME was made anew.
            if (!chain.Contains(record) && record.Type is not (DnsType.RrSig or DnsType.CName)) ignored.Add(new IgnoredRecord(record, "no part of the answer"));
        }

        return new AnswerChain(chain, names, complete);
    }

    private static DnsName? Next(IReadOnlyList<DnsRecord> answers, DnsName current, List<DnsRecord> chain)
    {
        // RFC 6672 §3.4: a DNAME above the name says where it leads; the server's CNAME is only for resolvers that do not know DNAME.
        foreach (var record in answers)
        {
            if (record.Data is not DnsData.DName rename || !current.TryRebase(record.Name, rename.Target, out var renamed)) continue;
            if (!chain.Contains(record)) chain.Add(record);
            chain.Add(new DnsRecord(current, DnsType.CName, record.Class, record.TimeToLive, new DnsData.CName(renamed)));
            return renamed;
        }

        if (answers.FirstOrDefault(r => r.Name == current && r.Data is DnsData.CName) is not { } alias) return null;
        chain.Add(alias);
        return ((DnsData.CName)alias.Data).Target;
    }
}
