using Fathom.Hosts;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Services.Application.Dns;

/// <summary>A responder that does on purpose what its behavior says, and is the one behind it where that says nothing.</summary>
/// <param name="host">The host: who asks for a name that does not exist may get its address.</param>
/// <param name="inner">The responder behind it.</param>
/// <param name="behavior">What it does wrong; read at each query.</param>
/// <param name="recurses">The server is a resolver: recursion is available, and its answers have no authority.</param>
internal sealed class TroubledResponder(INetworkHost host, IDnsResponder inner, DnsBehavior behavior, bool recurses) : IDnsResponder
{
    // Of answers that nobody is to keep.
    private const uint TimeToLive = 60;

    // Where the counts stand (RFC 1035 §4.1.1): four of them, at octet 4; the answers' is the second.
    private const int AnswerCountOffset = 6;

    private static readonly byte[] LoopLabel = "loop"u8.ToArray();

    public async ValueTask<byte[]?> RespondAsync(ReadOnlyMemory<byte> query, IpEndpoint from, bool overTcp, CancellationToken cancellation)
    {
        var trouble = behavior.Trouble;
        if (trouble == DnsTrouble.None || !DnsAnswers.TryRead(query.Span, out var message, out _)) return await inner.RespondAsync(query, from, overTcp, cancellation);
        var answer = DnsAnswers.Begin(message) with { RecursionAvailable = recurses, Authoritative = !recurses };
        if (answer.ResponseCode != DnsResponseCode.NoError) return DnsAnswers.Write(answer, message, overTcp);
        switch (trouble)
        {
            case DnsTrouble.ServerFailure:
                return Write(DnsResponseCode.ServFail);
            case DnsTrouble.Refused:
                return DnsAnswers.Write(answer with { ResponseCode = DnsResponseCode.Refused, Authoritative = false }, message, overTcp);
            case DnsTrouble.NoSuchName:
                return Write(DnsResponseCode.NXDomain);
            case DnsTrouble.NoRecords:
                return Write(DnsResponseCode.NoError);
            case DnsTrouble.AliasLoop:
                return DnsAnswers.Write(answer with { Answers = Loop(message.Questions[0]) }, message, overTcp);
            case DnsTrouble.Malformed:
                return Malform(DnsAnswers.Write(answer, message, overTcp));
            case DnsTrouble.Truncated when !overTcp:
                return DnsAnswers.Write(answer with { Truncated = true }, message, overTcp);
            case DnsTrouble.Bogus when !message.CheckingDisabled:
                return Write(DnsResponseCode.ServFail);
            case DnsTrouble.Hijacked:
                return await HijackAsync(message, await inner.RespondAsync(query, from, overTcp, cancellation), overTcp, cancellation);
            case DnsTrouble.Silent:
                return null;
            default:
                return await inner.RespondAsync(query, from, overTcp, cancellation);
        }

        byte[] Write(DnsResponseCode code) => DnsAnswers.Write(answer with { ResponseCode = code }, message, overTcp);
    }

    // loop.NAME is an alias of NAME, and NAME of loop.NAME.
    private static IReadOnlyList<DnsRecord> Loop(DnsQuestion question)
    {
        var name = question.Name;
        var other = name.LabelCount > 0 && name.Label(0).SequenceEqual(LoopLabel) ? name.Suffix(name.LabelCount - 1) : name.TryPrepend(LoopLabel, out var longer) ? longer : name;
        var forth = Alias(name, other);
        return question.Type == DnsType.CName ? [forth] : [forth, Alias(other, name)];
    }

    private static DnsRecord Alias(DnsName from, DnsName to) => new(from, DnsType.CName, DnsClass.Internet, TimeToLive, new DnsData.CName(to));

    private static byte[] Malform(byte[] answer)
    {
        // Records are announced, and none comes.
        answer[AnswerCountOffset] = answer[AnswerCountOffset + 1] = byte.MaxValue;
        return answer;
    }

    private async ValueTask<byte[]?> HijackAsync(DnsMessage query, byte[]? honest, bool overTcp, CancellationToken cancellation)
    {
        if (honest is null || !DnsMessage.TryRead(honest, out var answer, out _) || answer.ResponseCode != DnsResponseCode.NXDomain) return honest;
        var question = query.Questions[0];
        var version = question.Type == DnsType.Aaaa ? IpVersion.V6 : IpVersion.V4;
        var addresses = (await host.GetInterfacesAsync(cancellation)).Value?.SelectMany(static i => i.Addresses).Select(static a => a.Address)
            .Where(a => a.Version == version && !a.IsLoopback && !a.IsLinkLocal).Take(1).ToList() ?? [];
        DnsRecord[] records = question.Type is DnsType.A or DnsType.Aaaa
            ? [.. addresses.Select(a => new DnsRecord(question.Name, question.Type, DnsClass.Internet, TimeToLive, a.IsV6 ? new DnsData.Aaaa(a) : new DnsData.A(a)))]
            : [];
        return DnsAnswers.Write(answer with { ResponseCode = DnsResponseCode.NoError, Answers = records, Authorities = [] }, query, overTcp);
    }
}
