using System.CommandLine;
using System.Text;
using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Probes.Application.Http;
using Fathom.Wire.Application.Http;

namespace Fathom.Cli.Http;

/// <summary><c>fathom http build</c>: the octets of a request, without sending them.</summary>
internal static class HttpBuildCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var method = new Argument<string>("method") { Description = "The method: GET, POST, …" };
        var url = new Argument<string>("url") { Description = "An http or https URL." };
        var request = new HttpRequestOptions();
        var trailer = new Option<string[]>("--trailer") { Description = "A field behind a chunked body, \"Name: value\".", HelpName = "FIELD" };
        var output = new Option<string>("--output") { Description = "text, json or ndjson.", DefaultValueFactory = static _ => "text" };
        output.AcceptOnlyFromAmong("text", "json", "ndjson");
        var explain = CommandOptions.Explain();
        var command = new Command("build", "Print the exact octets of a request without sending it; refuse what two readers could read differently.") { method, url };
        foreach (var option in request.All) command.Add(option);
        command.Add(trailer);
        command.Add(output);
        command.Add(explain);
        command.SetAction(parsed =>
        {
            var run = CommandRun.From(parsed, output, explain);
            if (!HttpTarget.TryParse(parsed.GetValue(url)!, out var target, out var reason)) return run.Refuse(reason);
            if (!HttpRequestInput.TryRead(run, parsed, request, parsed.GetValue(method), false, out var input, out reason)) return run.Refuse(reason);
            if (!TryReadTrailers(parsed.GetValue(trailer) ?? [], out var trailers, out reason)) return run.Refuse(reason);
            var options = new HttpAgentOptions { UserAgent = parsed.GetValue(request.UserAgent) ?? "fathom/" + AppVersion.Short, Compressed = parsed.GetValue(request.Compressed), MinorVersion = parsed.GetValue(request.Http10) ? 0 : 1 };
            var head = HttpRequestAssembly.Head(input.For(target), options, default, null);
            if (input.Method == "CONNECT") head = head with { Target = target.HostAndPort };
            if (!HttpRequestWriter.TryWrite(head, input.Body, trailers, out var octets, out var error)) return run.Refuse($"not built [{Words.Kebab(error.Kind.ToString())}]: {error.Detail}");
            Write(run, head, octets);
            return ExitStatus.Good;
        });
        return command;
    }

    private static void Write(CommandRun run, HttpRequestHead head, byte[] octets)
    {
        if (!run.IsText)
        {
            run.WriteJson("fathom.http.build/1", writer =>
            {
                writer.WriteString("requestLine", head.ToString());
                HttpJson.Fields(writer, "fields", head.Fields);
                writer.WriteNumber("length", octets.Length);
                writer.WriteBase64String("octets", octets);
            });
            return;
        }

        if (run.Explain)
        {
            HttpReport.WriteOctets(run.Output, octets);
            run.WriteAside(Explanation(head, octets.Length));
            return;
        }

        if (!Console.IsOutputRedirected)
        {
            run.Output.Write(HttpBodyText.IsText(octets) ? HttpBodyText.Safe(octets) : Encoding.Latin1.GetString(octets.AsSpan(0, octets.AsSpan().IndexOf("\r\n\r\n"u8) + 4)) + "(a binary body; a pipe takes it)\n");
            return;
        }

        using var raw = StandardOutput.Open();
        raw.Write(octets);
    }

    private static string Explanation(HttpRequestHead head, int length)
    {
        var text = new StringBuilder(FormattableString.Invariant($"{length} octets. The first line says the method, the target and the version; each line ends in CR LF, and an empty line ends the head. "));
        text.Append("Host says which site is meant, for one address can carry many. ");
        if (head.Fields.Contains("Transfer-Encoding")) text.Append("The body comes in chunks: the length of each in hexadecimal on a line of its own, and 0 at the end; so a sender need not know the whole length beforehand.");
        else if (head.Fields.First("Content-Length") is { } stated) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"Content-Length says that {stated} octets follow the empty line: whoever reads needs no other sign of the end.");
        else text.Append("Neither Content-Length nor Transfer-Encoding: no body follows, and the next request may begin right behind the empty line.");
        return text.ToString();
    }

    private static bool TryReadTrailers(string[] lines, out HttpFields trailers, out string reason)
    {
        trailers = HttpFields.Empty;
        reason = "";
        foreach (var line in lines)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                reason = $"--trailer '{line}': expected \"Name: value\"";
                return false;
            }

            trailers = trailers.With(line[..colon], line[(colon + 1)..].Trim(' ', '\t'));
        }

        return true;
    }
}
