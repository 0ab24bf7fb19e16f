using Fathom.Wire.Application.Dns;

namespace Fathom.Probes.Application.Dns.Iterative;

/// <summary>One resolution: the alias chain, the walk down, and its account of work.</summary>
internal sealed partial class IterativeRun(IterativeResolver resolver, ProbeContext context, Action<ResolutionStep>? observer, CancellationToken cancellation)
{
    private readonly List<ResolutionStep> _steps = [];

    public IReadOnlyList<ResolutionStep> Steps => _steps;

    public int Queries { get; private set; }

    private DnsCache Cache => resolver.Cache;

    private IterativeOptions Options => resolver.Options;

    /// <summary>Resolves a question, following aliases.</summary>
    /// <param name="question">The question.</param>
    /// <param name="depth">0 for the user's question.</param>
    /// <param name="pending">Name servers whose addresses are being looked for: they cannot be needed on the way.</param>
    public async Task<IterativeOutcome> ResolveAsync(DnsQuestion question, int depth, IReadOnlyList<DnsName> pending)
    {
        var aliases = new List<DnsRecord>();
        var names = new List<DnsName> { question.Name };
        while (true)
        {
            var current = question with { Name = names[^1] };
            var (reply, failure) = FindInCache(current, depth) is { } known ? (known, null) : await WalkAsync(current, depth, pending);
            switch (reply)
            {
                case ServerReply.Answer answer:
                    aliases.AddRange(answer.Records.Where(r => IsAlias(r) && r.Type != question.Type));
                    return new IterativeOutcome.Answered(aliases, [.. answer.Records.Where(r => !IsAlias(r) || r.Type == question.Type || question.Type == DnsType.Any)]);
                case ServerReply.NoSuchName none:
                    return new IterativeOutcome.NoSuchName(aliases, current.Name, none.Soa);
                case ServerReply.NoSuchData none:
                    return new IterativeOutcome.NoSuchData(aliases, current.Name, none.Soa);
                case ServerReply.Alias alias:
                    aliases.AddRange(alias.Records);
                    foreach (var target in alias.Names.Skip(1))
                    {
                        var isLoop = names.Contains(target);
                        names.Add(target);
                        if (isLoop) return new IterativeOutcome.Failed(aliases, new ResolutionFailure.AliasLoop(names));
                        if (names.Count > Options.MaximumAliases + 1) return new IterativeOutcome.Failed(aliases, new ResolutionFailure.AliasChainTooLong(Options.MaximumAliases));
                    }

                    break;
                default:
                    return new IterativeOutcome.Failed(aliases, failure ?? throw new InvalidOperationException("A walk ended without an answer and without a reason."));
            }
        }
    }

    private static bool IsAlias(DnsRecord record) => record.Type is DnsType.CName or DnsType.DName;

    private void Add(ResolutionStep step)
    {
        _steps.Add(step);
        observer?.Invoke(step);
    }

    private ServerReply? FindInCache(DnsQuestion question, int depth)
    {
        if (question.Class != DnsClass.Internet) return null;
        var entry = Cache.Find(question.Name, question.Type);
        ServerReply? reply = entry switch
        {
            // RFC 2181 §5.4.1: additional data and referrals are never given as an answer.
            DnsCacheEntry.Positive { Credibility: >= DnsCredibility.AnswerWithoutAuthority } positive => new ServerReply.Answer(positive.Records, [question.Name], false),
            DnsCacheEntry.Negative { IsNoSuchName: true } negative => new ServerReply.NoSuchName(negative.Soa),
            DnsCacheEntry.Negative negative => new ServerReply.NoSuchData(negative.Soa),
            _ => null,
        };
        if (reply is null && question.Type is not (DnsType.CName or DnsType.Any)
            && Cache.Find(question.Name, DnsType.CName) is DnsCacheEntry.Positive { Credibility: >= DnsCredibility.AnswerWithoutAuthority } alias)
        {
            entry = alias;
            reply = new ServerReply.Alias(alias.Records, [question.Name, ((DnsData.CName)alias.Records[0].Data).Target], false);
        }

        if (reply is not null) Add(new ResolutionStep.FoundInCache(depth, question, entry!));
        return reply;
    }

    private void Remember(ServerReply reply, DnsQuestion question)
    {
        switch (reply)
        {
            case ServerReply.Answer answer:
                PutAll(answer.Records, answer.Authoritative);
                break;
            case ServerReply.Alias alias:
                PutAll(alias.Records, alias.Authoritative);
                break;
            case ServerReply.Referral referral:
                Cache.Put(referral.Servers, DnsCredibility.Referral);
                foreach (var set in referral.Glue.GroupBy(static r => (r.Name, r.Type))) Cache.Put([.. set], DnsCredibility.Additional);
                break;
            case ServerReply.NoSuchName { Soa: { } soa }:
                Cache.PutNegative(question.Name, question.Type, true, soa);
                break;
            case ServerReply.NoSuchData { Soa: { } soa }:
                Cache.PutNegative(question.Name, question.Type, false, soa);
                break;
        }
    }

    private void PutAll(IReadOnlyList<DnsRecord> records, bool authoritative)
    {
        foreach (var set in records.GroupBy(static r => (r.Name, r.Type)))
            Cache.Put([.. set], authoritative ? DnsCredibility.Answer : DnsCredibility.AnswerWithoutAuthority);
    }
}
