using System.Globalization;
using Fathom.Probes.Application.Dns;
using Fathom.Probes.Application.Dns.Iterative;
using Fathom.Wire.Application;
using Fathom.Wire.Application.Dns;

namespace Fathom.Cli.Dns;

/// <summary>The steps of a walk as lines for people, each as soon as it is made.</summary>
internal sealed class DnsTraceText(TextWriter output, DnsQuestion question)
{
    // More servers than these are counted, not listed: the root has 13, with two addresses each.
    private const int MostServers = 4;

    // A walk is read from top to bottom: its columns stand at the same place on every terminal, and fit the narrowest in use.
    private const int Width = 80;

    // Most zones' names are shorter; a longer one has its server on the next line.
    private const int ZoneColumn = 16;

    private DnsQuestion _shown = question;
    private int _number;

    /// <summary>Writes one step.</summary>
    public void Write(ResolutionStep step)
    {
        var indent = new string(' ', 4 * step.Depth);
        void Line(string text) => Wrap(indent + "      ", TextSanitizer.Escape(text));
        switch (step)
        {
            case ResolutionStep.Asked asked:
                Head(indent, asked);
                Reply(asked, Width - indent.Length - 8, Line);
                break;
            case ResolutionStep.FoundInCache found:
                Wrap(indent + "  ·  ", string.Create(CultureInfo.InvariantCulture, $"{Text(found.Question)}: from the cache, {Math.Ceiling(found.Entry.Remaining.TotalSeconds)} s left"));
                if (found.Entry is DnsCacheEntry.Positive positive) foreach (var record in positive.Records) Line(Fit(record, Width - indent.Length - 6));
                else Line(((DnsCacheEntry.Negative)found.Entry).IsNoSuchName ? "the name does not exist, said an SOA then" : "no such record, said an SOA then");
                break;
            case ResolutionStep.BeganAt began:
                Wrap(indent + "  ·  ", string.Create(CultureInfo.InvariantCulture, $"the servers of {began.Zone.ToAbsoluteString()} are in the cache ({Math.Ceiling(began.Entry.Remaining.TotalSeconds)} s left): begin there"));
                break;
            case ResolutionStep.NeedsAddress needs:
                Wrap(indent, $"no glue for {needs.Question.Name.ToAbsoluteString()}: its {needs.Question.Type.ToText()} record is looked up first");
                break;
            case ResolutionStep.PassedOver over:
                Wrap(indent + "  -  ", $"{over.Host.ToAbsoluteString()} is not asked: {TextSanitizer.Escape(over.Reason)}");
                break;
        }

        output.Flush();
    }

    /// <summary>One word for how a resolution ended.</summary>
    public static string Status(IterativeOutcome outcome) => outcome switch
    {
        IterativeOutcome.Answered => "answered",
        IterativeOutcome.NoSuchName => "NXDOMAIN",
        IterativeOutcome.NoSuchData => "NODATA",
        _ => "failed",
    };

    /// <summary>One word or two for what a reply was.</summary>
    public static string Kind(ServerReply reply) => reply switch
    {
        ServerReply.Answer => "answer",
        ServerReply.Alias => "alias",
        ServerReply.Referral => "referral",
        ServerReply.NoSuchName => "NXDOMAIN",
        ServerReply.NoSuchData => "NODATA",
        ServerReply.Lame => "lame",
        ServerReply.Error error => error.Code.ToText(),
        ServerReply.Silent => "timeout",
        ServerReply.Unreachable => "unreachable",
        ServerReply.Malformed => "malformed",
        _ => "not asked",
    };

    private static string Text(DnsQuestion question) => $"{question.Name.ToAbsoluteString()} {question.Type.ToText()}";

    private void Head(string indent, ResolutionStep.Asked asked)
    {
        var transport = asked.Outcome is DnsExchangeOutcome.Answered { OverTcp: true } ? "TCP" : "UDP";
        var zone = string.Create(CultureInfo.InvariantCulture, $"{indent}{++_number,3}  {asked.Zone.ToAbsoluteString()}");
        var server = $"{asked.Host.ToAbsoluteString()} {asked.Outcome.Server.Address}";
        var time = string.Create(CultureInfo.InvariantCulture, $"  {transport} {asked.Outcome.Duration.TotalMilliseconds,7:0.0} ms");
        var start = indent.Length + 5 + ZoneColumn;
        if (zone.Length < start - 1 && start + server.Length + time.Length <= Width)
        {
            output.WriteLine((zone.PadRight(start) + server).PadRight(Width - time.Length) + time);
        }
        else
        {
            output.WriteLine(zone.PadRight(Width - time.Length) + time);
            Wrap(indent + "      ", server);
        }

        if (asked.Question == _shown) return;
        _shown = asked.Question;
        Wrap(indent + "      ", $"asked for {Text(asked.Question)}");
    }

    // Breaks between words; what goes on stands under the text, two blanks in.
    private void Wrap(string before, string text)
    {
        var blanks = text.Length - text.TrimStart().Length;
        var line = before + text[..blanks];
        var next = new string(' ', line.Length + 2);
        var isEmpty = true;
        foreach (var word in text[blanks..].Split(' '))
        {
            if (!isEmpty && line.Length + 1 + word.Length > Width)
            {
                output.WriteLine(line.TrimEnd());
                (line, isEmpty) = (next, true);
            }

            line += isEmpty ? word : " " + word;
            isEmpty = false;
        }

        output.WriteLine(line.TrimEnd());
    }

    private static void Reply(ResolutionStep.Asked asked, int width, Action<string> line)
    {
        switch (asked.Reply)
        {
            case ServerReply.Referral referral:
                line($"referral to {referral.Zone.ToAbsoluteString()}");
                foreach (var server in referral.Servers.Take(MostServers)) line("  " + Server(((DnsData.Ns)server.Data).Host, referral));
                if (referral.Servers.Count > MostServers) line($"  and {referral.Servers.Count - MostServers} more");
                break;
            case ServerReply.Answer answer:
                line(answer.Authoritative ? "answer, with authority" : "answer, without authority (AA is not set)");
                foreach (var record in answer.Records) line("  " + Fit(record, width));
                break;
            case ServerReply.Alias alias:
                foreach (var record in alias.Records) line($"alias: {Fit(record, width - 7)}");
                break;
            case ServerReply.NoSuchName none:
                line($"NXDOMAIN: the name does not exist{Soa(none.Soa)}");
                break;
            case ServerReply.NoSuchData none:
                line($"NODATA: the name has no {asked.Question.Type.ToText()} record{Soa(none.Soa)}");
                break;
            case ServerReply.Lame lame:
                line($"lame: {lame.Reason}");
                break;
            case ServerReply.Error error:
                line(error.Code.ToText() + string.Concat(error.Errors.Select(static e => "; " + e)));
                break;
            case ServerReply.Silent:
                line(string.Create(CultureInfo.InvariantCulture, $"timeout: no answer to {asked.Outcome.Queries} queries"));
                break;
            case ServerReply.Unreachable unreachable:
                line($"unreachable: {unreachable.Reason}");
                break;
            case ServerReply.Malformed malformed:
                line($"malformed: {malformed.Reason}");
                break;
            case ServerReply.NotAsked refused:
                line($"not asked: {refused.Refusal.Reason}");
                break;
        }

        foreach (var group in asked.Reply.Ignored.GroupBy(static i => i.Reason))
            line($"ignored ({group.Key}): {string.Join(", ", group.Take(MostServers).Select(static i => $"{i.Record.Name.ToAbsoluteString()} {i.Record.Type.ToText()}"))}{(group.Count() > MostServers ? ", …" : "")}");
    }

    // A key or a long text stands whole in the summary; here it would break the picture of the walk at 80 columns.
    private static string Fit(DnsRecord record, int width)
    {
        var text = record.ToString();
        return text.Length <= width ? text : text[..(Math.Max(width, 20) - 1)] + "…";
    }

    // In-domain glue is the one that nobody could find without (RFC 9471 §2); sibling glue saves a walk.
    private static string Server(DnsName host, ServerReply.Referral referral)
    {
        var glue = referral.Glue.Where(r => r.Name == host).Select(static r => r.Data.ToPresentation()).ToList();
        if (glue.Count == 0) return $"{host.ToAbsoluteString()}  no glue";
        return $"{host.ToAbsoluteString()}  glue {string.Join(", ", glue)}{(host.IsSubdomainOf(referral.Zone) ? "" : " (of a sibling zone)")}";
    }

    private static string Soa(DnsRecord? soa) => soa?.Data is DnsData.Soa data
        ? string.Create(CultureInfo.InvariantCulture, $" (SOA of {soa.Name.ToAbsoluteString()}: kept for {Math.Min(soa.TimeToLive, data.Minimum)} s)")
        : "";
}
