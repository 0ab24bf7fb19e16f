using System.Buffers.Binary;
using System.Text;
using Fathom.Hosts;
using Fathom.Probes.Application.Dns.Iterative;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Transport;

namespace Fathom.Services.Application.Dns;

/// <summary>Answers clients' queries by what a resolver finds (RFC 1034 §4.3.1 and §4.3.2, recursive service).</summary>
internal sealed class RecursiveResponder(INetworkHost host, RecursiveServerOptions options) : IDnsResponder, IDisposable
{
    // RFC 8914 §4: the INFO-CODEs given here.
    private const ushort OtherError = 0;
    private const ushort CachedError = 13;
    private const ushort Prohibited = 18;
    private const ushort NotSupported = 21;
    private const ushort NoReachableAuthority = 22;
    private const ushort NetworkError = 23;

    // EXTRA-TEXT is for people: long enough for a sentence with a name in it, short enough for any answer to hold.
    private const int MaximumText = 200;

    private readonly QuestionsUnderWay _questions = new(host, options);
    private long _refused;

    public DnsCache Cache => _questions.Cache;

    public RecursiveServerStatistics StatisticsOf(long queries)
        => new(queries, Interlocked.Read(ref _refused), _questions.Begun, _questions.QueriesSent, _questions.Failures, _questions.Count, _questions.Cache.Count);

    public Task StopAsync() => _questions.StopAsync();

    public void Dispose() => _questions.Dispose();

    public async ValueTask<byte[]?> RespondAsync(ReadOnlyMemory<byte> query, IpEndpoint from, bool overTcp, CancellationToken cancellation)
    {
        if (!DnsAnswers.TryRead(query.Span, out var message, out var fault)) return fault;
        return DnsAnswers.Write(await RespondAsync(message, from), message, overTcp);
    }

    private async ValueTask<DnsMessage> RespondAsync(DnsMessage query, IpEndpoint from)
    {
        var answer = DnsAnswers.Begin(query);

        // RFC 6840 §5.9 has DO copied by who does DNSSEC; this server does not, and brings no signatures.
        if (answer.Edns is { } edns) answer = answer with { Edns = edns with { DnssecOk = false } };
        if (!IsClient(from))
        {
            Interlocked.Increment(ref _refused);
            return Fail(answer, DnsResponseCode.Refused, Prohibited, "this server does not serve your address");
        }

        answer = answer with { RecursionAvailable = true };
        if (answer.ResponseCode != DnsResponseCode.NoError) return answer;
        var question = query.Questions[0];
        if (question.Class != DnsClass.Internet) return Fail(answer, DnsResponseCode.Refused, NotSupported, "only class IN is resolved");

        // RFC 1035 §3.2.3, RFC 6895 §3.1: QTYPEs and meta types are no records to be found, but ANY.
        if (question.Type is DnsType.Opt or (>= (DnsType)128 and < DnsType.Any)) return Fail(answer, DnsResponseCode.NotImp, NotSupported, $"{question.Type.ToText()} is no type of records");

        // Without RD an answer would say what others have asked for; resolvers such as Unbound refuse it, too.
        if (!query.RecursionDesired) return Fail(answer, DnsResponseCode.Refused, Prohibited, "recursion is all that this server does");
        return Complete(answer, await _questions.AskAsync(question));
    }

    private bool IsClient(IpEndpoint from)
    {
        var address = from.Address.WithZone(0);
        foreach (var prefix in options.Clients)
        {
            if (prefix.Contains(address)) return true;
        }

        return false;
    }

    private static DnsMessage Complete(DnsMessage answer, QuestionOutcome found)
    {
        switch (found.Outcome)
        {
            case IterativeOutcome.Answered answered:
                return answer with { Answers = [.. answered.Aliases, .. answered.Records] };
            case IterativeOutcome.NoSuchName none:
                // RFC 6604 §3: the code is the last name's of the chain.
                return answer with { ResponseCode = DnsResponseCode.NXDomain, Answers = none.Aliases, Authorities = Negative(none.Soa) };
            case IterativeOutcome.NoSuchData none:
                return answer with { Answers = none.Aliases, Authorities = Negative(none.Soa) };
            case IterativeOutcome.Failed failed:
                var told = Fail(answer, DnsResponseCode.ServFail, CodeOf(failed.Why), failed.Why.Text);

                // RFC 8914 §4.14: the failure is one of before, and nobody was asked anew.
                return found.IsRemembered ? AddError(told, CachedError, "") : told;
            default:
                return found.IsRefused
                    ? Fail(answer, DnsResponseCode.ServFail, OtherError, "too many questions are under way")
                    : Fail(answer, DnsResponseCode.ServFail, NoReachableAuthority, "no answer in time");
        }
    }

    // RFC 2308 §5: the SOA's TTL says how long the denial is good.
    private static IReadOnlyList<DnsRecord> Negative(DnsRecord? soa)
        => soa?.Data is DnsData.Soa data ? [soa with { TimeToLive = Math.Min(soa.TimeToLive, data.Minimum) }] : [];

    private static ushort CodeOf(ResolutionFailure why) => why switch
    {
        ResolutionFailure.ServersFailed or ResolutionFailure.NotAsked => NetworkError,
        ResolutionFailure.AliasLoop or ResolutionFailure.AliasChainTooLong or ResolutionFailure.WorkLimit or ResolutionFailure.TooDeep => OtherError,
        _ => NoReachableAuthority,
    };

    private static DnsMessage Fail(DnsMessage answer, DnsResponseCode code, ushort error, string text) => AddError(answer with { ResponseCode = code }, error, text);

    private static DnsMessage AddError(DnsMessage answer, ushort error, string text)
    {
        // RFC 6891 §7: without OPT in the query there is none in the answer.
        if (answer.Edns is not { } edns) return answer;
        var shown = text.Length > MaximumText ? text[..MaximumText] : text;
        var data = new byte[2 + Encoding.UTF8.GetByteCount(shown)];
        BinaryPrimitives.WriteUInt16BigEndian(data, error);
        Encoding.UTF8.GetBytes(shown, data.AsSpan(2));
        return answer with { Edns = edns with { Options = [.. edns.Options, new DnsEdnsOption(DnsEdnsOption.ExtendedError, data)] } };
    }
}
