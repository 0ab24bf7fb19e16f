using System.Globalization;
using System.Text;
using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Hosts.Application;
using Fathom.Probes.Application.Dns;
using Fathom.Probes.Internet;
using Fathom.Wire.Application;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Application.Dns.ZoneText;
using Spectre.Console;

namespace Fathom.Cli.Dns;

/// <summary>One answer, or what came in its place, as text, as a line, or as JSON.</summary>
internal sealed class DnsAnswerView(CommandRun run, DnsRequest request, DnsName name, StubResolution resolution, ResolverConfiguration? configuration)
{
    private readonly DnsExchangeOutcome.Answered? _answer = resolution.Settled;
    private readonly string _question = $"{(resolution.Settled?.Question.Name ?? name).ToAbsoluteString()} {request.TypeOrUsual.ToText()}";

    /// <summary>The exit status: 0 with records, 1 where the network or the server says no, 3 where the host could not ask.</summary>
    public int Status => HasRecords ? ExitStatus.Good
        : _answer is null && resolution.Attempts.All(static a => a is DnsExchangeOutcome.NotAsked) ? ExitStatus.Unknown : ExitStatus.Broken;

    private bool HasRecords => _answer is { Message: { ResponseCode: DnsResponseCode.NoError, Answers.Count: > 0 } };

    private DateTimeOffset Now => run.Host.Time.GetUtcNow();

    /// <summary>Writes the answer whole.</summary>
    public void Write()
    {
        if (!run.IsText) run.WriteJson("fathom.dns/1", writer => DnsJson.Answer(writer, _question, resolution, Reason()));
        else if (request.Short) WriteShort("");
        else WriteText();
        run.WriteAside(Explanation(), Equivalent());
    }

    /// <summary>Writes it as one of many.</summary>
    public void WriteLine()
    {
        if (!run.IsText) run.WriteJson("fathom.dns/1", writer => DnsJson.Answer(writer, _question, resolution, Reason()));
        else if (request.Short) WriteShort(_question + " ");
        else run.Output.WriteLine($"{_question}  {(HasRecords ? string.Join(", ", Values()) : Reason())}");
    }

    private IEnumerable<string> Values()
        => _answer!.Message.Answers.Where(r => r.Type == request.TypeOrUsual || request.TypeOrUsual == DnsType.Any).Select(static r => r.Data.ToPresentation()).DefaultIfEmpty("an alias, and no record of the type behind it");

    private void WriteShort(string before)
    {
        if (!HasRecords) run.Complain($"{_question}: {Reason()}", Status);
        else foreach (var record in _answer!.Message.Answers) run.Output.WriteLine(before + record.Data.ToPresentation());
    }

    private void WriteText()
    {
        var pipe = Console.IsOutputRedirected ? new PipeListing(run.Output) : null;
        Heading(pipe, $"{_question}  {(_answer is { } a ? a.Message.ResponseCode.ToText() : "no answer")}");
        if (pipe is null) run.Console.Write(Listing.Fields(Facts()));
        else pipe.Columns(Facts().Select(static f => (IReadOnlyList<string>)[f.Label, f.Value]));
        if (_answer is null) return;
        Section(pipe, "answer", _answer.Message.Answers);
        Section(pipe, "authority", _answer.Message.Authorities);
        Section(pipe, "additional", _answer.Message.Additionals);
    }

    private void Section(PipeListing? pipe, string title, IReadOnlyList<DnsRecord> records)
    {
        if (records.Count == 0) return;
        run.Output.WriteLine();
        Heading(pipe, title);
        if (pipe is null) run.Console.Write(DnsRecordTable.Of(records, Now, run.Explain));
        else pipe.Columns(DnsRecordTable.Rows(records, Now, run.Explain));
    }

    private void Heading(PipeListing? pipe, string text)
    {
        if (pipe is not null)
        {
            pipe.Heading(text);
            return;
        }

        run.Console.Write(Listing.Heading(text));
        run.Console.WriteLine();
    }

    private IEnumerable<(string Label, string Value)> Facts()
    {
        if (!HasRecords) yield return ("reason", Reason());
        foreach (var attempt in resolution.Attempts)
        {
            if (ReferenceEquals(attempt, _answer) || (_answer is null && resolution.Attempts.Count == 1)) continue;
            var asked = attempt.Question.Name == (_answer?.Question.Name ?? name) ? "" : $"{attempt.Question.Name.ToAbsoluteString()}: ";
            yield return ("tried", $"{asked}{attempt.Server}: {Words(attempt)}");
        }

        if (_answer is not { } a) yield break;
        yield return ("server", string.Create(CultureInfo.InvariantCulture, $"{a.Server} over {(a.OverTcp ? "TCP" : "UDP")}, {a.Duration.TotalMilliseconds:0.0} ms, {a.Message.ToBytes().Length} octets"));
        yield return ("flags", Flags(a.Message));
        if (a.OverTcp && a.Queries > 0) yield return ("note", "The answer over UDP was truncated (TC), so it was asked for again over TCP.");
        if (a.Queries > 1) yield return ("note", string.Create(CultureInfo.InvariantCulture, $"{a.Queries} queries were sent until an answer came."));
        if (a.Discarded.Count > 0) yield return ("ignored", string.Create(CultureInfo.InvariantCulture, $"{a.Discarded.Count} replies that were not the answer: {string.Join("; ", a.Discarded.Distinct())}"));
        if (a.Message.Edns is { } edns) yield return ("edns", Edns(edns));
        foreach (var error in a.Message.Edns?.ExtendedErrors ?? []) yield return ("error", error.ToString());
        if (a.Message.TrailingLength > 0) yield return ("note", string.Create(CultureInfo.InvariantCulture, $"{a.Message.TrailingLength} octets follow after the message's end."));
    }

    private static string Flags(DnsMessage message)
    {
        var flags = new List<string>();
        if (message.Authoritative) flags.Add("aa (authoritative)");
        if (message.Truncated) flags.Add("tc (truncated)");
        if (message.RecursionDesired) flags.Add("rd (recursion desired)");
        if (message.RecursionAvailable) flags.Add("ra (recursion available)");
        if (message.AuthenticData) flags.Add("ad (validated by the resolver)");
        if (message.CheckingDisabled) flags.Add("cd (checking disabled)");
        return flags.Count == 0 ? "none" : string.Join(", ", flags);
    }

    private static string Edns(DnsEdns edns)
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"version {edns.Version}, answers up to {edns.UdpPayloadSize} octets over UDP{(edns.DnssecOk ? ", do" : "")}"));
        foreach (var option in edns.Options)
        {
            if (option.Code == DnsEdnsOption.ExtendedError) continue;
            text.Append(", ").Append(option.Code switch
            {
                DnsEdnsOption.NameServerId => $"server id \"{TextSanitizer.EscapeOctets(option.Data.Span)}\"",
                DnsEdnsOption.ClientSubnet when option.Data.Length >= 4 => string.Create(CultureInfo.InvariantCulture, $"subnet /{option.Data.Span[2]}, used /{option.Data.Span[3]}"),
                _ => $"option {option}",
            });
        }

        return text.ToString();
    }

    /// <summary>Why there are no records, as one sentence; empty where there are.</summary>
    private string Reason()
    {
        if (HasRecords) return "";
        if (_answer is null) return resolution.Attempts.Count == 0 ? "no server was asked" : resolution.Attempts.Count == 1 ? $"{resolution.Attempts[0].Server}: {Words(resolution.Attempts[0])}" : "no server answered";
        var message = _answer.Message;
        var soa = message.Authorities.FirstOrDefault(static r => r.Data is DnsData.Soa);
        var said = soa?.Data is DnsData.Soa data
            ? string.Create(CultureInfo.InvariantCulture, $": the SOA of {soa.Name.ToAbsoluteString()} (serial {data.Serial}) says so, for {Math.Min(soa.TimeToLive, data.Minimum)} s")
            : ", and no SOA says for how long";
        var code = message.ResponseCode;
        return code switch
        {
            DnsResponseCode.NXDomain => $"the name does not exist (NXDOMAIN){said}",
            DnsResponseCode.NoError when soa is null && message.Authorities.Any(static r => r.Data is DnsData.Ns) => $"a referral: {_answer.Server} knows only who knows {message.Authorities.First(static r => r.Data is DnsData.Ns).Name.ToAbsoluteString()}; walk there with --trace",
            DnsResponseCode.NoError => $"the name exists, and has no {request.TypeOrUsual.ToText()} record (NODATA){said}",
            DnsResponseCode.Refused => $"{_answer.Server} refuses to answer this (REFUSED): it serves other zones, or other clients",
            DnsResponseCode.ServFail => $"{_answer.Server} could not find the answer (SERVFAIL){(message.Edns?.ExtendedErrors is [var first, ..] ? $": {first}" : ", and does not say why")}",
            _ => $"{_answer.Server} answers {code.ToText()}",
        };
    }

    /// <summary>What became of an exchange, in words.</summary>
    public static string Words(DnsExchangeOutcome outcome) => outcome switch
    {
        DnsExchangeOutcome.Answered a => a.Message.ResponseCode.ToText(),
        DnsExchangeOutcome.TimedOut t => string.Create(CultureInfo.InvariantCulture, $"no answer to {t.Queries} queries in {t.Duration.TotalSeconds:0.0} s"),
        DnsExchangeOutcome.Failed f => f.Error.GetMeaning([]) == IcmpMeaning.PortUnreachable ? $"nobody listens there ({f.Error.Describe()})" : f.Error.Describe(),
        DnsExchangeOutcome.Malformed m => string.Create(CultureInfo.InvariantCulture, $"{m.Discarded.Count} replies, none of them usable: {string.Join("; ", m.Discarded.Distinct())}"),
        DnsExchangeOutcome.TcpFailed { Queries: > 0 } t => $"the answer over UDP was truncated, and {t.Reason}",
        DnsExchangeOutcome.TcpFailed t => t.Reason,
        DnsExchangeOutcome.NotAsked n => n.Refusal.Reason,
        _ => "no answer",
    };

    private string Explanation()
    {
        if (_answer is not { } a)
            return "A question over UDP is one datagram; nothing says that it arrived. So it is sent again with growing pauses, and only after that is the server called silent. A port unreachable, in contrast, is the server's own word that no name server runs there.";
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"The question left in one datagram for {a.Server}; the answer came after {a.Duration.TotalMilliseconds:0.0} ms. It was believed because its id, its question and its sender's address and port match. ");
        text.Append(a.Message.Authoritative ? "AA is set: this server holds the zone itself, so the answer is first-hand. "
            : a.Message.RecursionAvailable ? "AA is not set and RA is: a resolver asked around, or remembered, on your behalf. " : "Neither AA nor RA is set: the server neither holds the zone nor asks others. ");
        if (HasRecords)
        {
            var ttl = a.Message.Answers.Min(static r => r.TimeToLive);
            text.Append(CultureInfo.InvariantCulture, $"Whoever asked may keep it for {ttl} s ({DnsTimeToLiveText.InWords(ttl)}), the TTL; a change in the zone is seen by all only after that.");
        }
        else if (a.Message.ResponseCode == DnsResponseCode.NXDomain)
        {
            text.Append("NXDOMAIN is about the name, whatever the type: nothing is there, and nothing below it. The SOA in the authority section says how long that may be remembered (RFC 2308).");
        }
        else if (a.Message.ResponseCode == DnsResponseCode.NoError)
        {
            text.Append("NOERROR without an answer (NODATA) is about the type: the name exists with other records. Ask for ANY other type, or for the types you expect.");
        }

        if (configuration is not null) text.Append($" The server comes from {configuration.Source}.");
        return text.ToString();
    }

    private string Equivalent()
    {
        var line = new StringBuilder("dig");
        if (_answer is not null || request.Server is not null) line.Append(" @").Append(request.Server ?? _answer!.Server.Address.ToString());
        if (request.Port != 53) line.Append(CultureInfo.InvariantCulture, $" -p {request.Port}");
        line.Append(' ').Append((_answer?.Question.Name ?? name).ToAbsoluteString()).Append(' ').Append(request.TypeOrUsual.ToText());
        if (request.Query.OverTcp) line.Append(" +tcp");
        if (!request.Query.RecursionDesired) line.Append(" +norecurse");
        if (request.Query.DnssecOk) line.Append(" +dnssec");
        if (request.Query.CheckingDisabled) line.Append(" +cd");
        if (!request.Query.UseEdns) line.Append(" +noedns");
        if (request.Short) line.Append(" +short");
        return line.ToString();
    }
}
