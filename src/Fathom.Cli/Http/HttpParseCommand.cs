using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Wire.Application.Http;

namespace Fathom.Cli.Http;

/// <summary><c>fathom http parse</c>: takes a message from a file apart.</summary>
internal static class HttpParseCommand
{
    // Messages beyond this are no matter for a person to read.
    private const long MaximumLength = 64 * 1024 * 1024;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The file with the octets; '-' is standard input." };
        var isRequest = new Option<bool>("--request") { Description = "It is a request, and is read strictly, as a server must." };
        var method = new Option<string>("--method") { Description = "The method of the request that a response answers: HEAD and CONNECT have no body.", DefaultValueFactory = static _ => "GET", HelpName = "METHOD" };
        var output = new Option<string>("--output") { Description = "text, json or ndjson.", DefaultValueFactory = static _ => "text" };
        output.AcceptOnlyFromAmong("text", "json", "ndjson");
        var command = new Command("parse", "Take a response (or a request) apart: start line, fields, framing, body, trailers, and what is wrong, and where.") { file, isRequest, method, output };
        command.SetAction(parsed =>
        {
            var run = CommandRun.From(parsed, output);
            var asked = parsed.GetValue(method)!;
            if (asked.Length == 0) return run.Refuse("--method: expected a method");
            if (!HttpFile.TryRead(parsed.GetValue(file)!, MaximumLength, out var octets, out var reason)) return run.Refuse(reason);
            var messages = HttpParsed.Read(octets, parsed.GetValue(isRequest), asked);
            if (run.IsText) foreach (var message in messages) WriteText(run, message, isFirst: message == messages[0]);
            else run.WriteJson("fathom.http.parse/1", writer => WriteJson(writer, messages));
            return messages[^1].Error is null ? ExitStatus.Good : ExitStatus.Broken;
        });
        return command;
    }

    private static void WriteText(CommandRun run, HttpParsed message, bool isFirst)
    {
        var rows = new List<(string, string)>();
        if (!isFirst) run.Output.WriteLine();
        run.Output.WriteLine(message.StartLine.Length > 0 ? message.StartLine : "(nothing)");
        foreach (var field in message.Fields) rows.Add(("  " + field.Name, field.Value.Length == 0 ? "(empty)" : field.Value));
        if (message.Error is null || message.Body.Length > 0) rows.Add(("body", string.Create(CultureInfo.InvariantCulture, $"{message.Body.Length} octets, {Framing(message.Framing)}")));
        if (message.Body.Length is > 0 and <= 2000 && HttpBodyText.IsText(message.Body.Span)) rows.Add(("", HttpBodyText.Safe(message.Body.Span).TrimEnd('\n').Replace("\n", "⏎ ", StringComparison.Ordinal)));
        foreach (var field in message.Trailers) rows.Add(("trailer", $"{field.Name}: {field.Value}"));
        foreach (var tolerance in message.Tolerated) rows.Add(("tolerated", string.Create(CultureInfo.InvariantCulture, $"{Words.Kebab(tolerance.Kind.ToString())} at offset {tolerance.Offset}")));
        if (message.Error is { } error)
        {
            rows.Add(("malformed", string.Create(CultureInfo.InvariantCulture, $"at offset {error.Offset}: {error.Detail}")));
            if (error.Shape is { } shape) rows.Add(("shape", $"{shape.ToText()}: two readers could cut this message at different places (request smuggling)"));
        }

        if (message.Left > 0) rows.Add(("left over", string.Create(CultureInfo.InvariantCulture, $"{message.Left} octets behind the message")));
        run.Output.Flush();
        run.Console.Write(Listing.Fields(rows));
    }

    private static string Framing(HttpFraming framing) => framing switch
    {
        HttpFraming.ContentLength => "framed by Content-Length",
        HttpFraming.Chunked => "framed by chunks",
        HttpFraming.UntilClose => "until the connection closes",
        _ => "none belongs to it",
    };

    private static void WriteJson(Utf8JsonWriter writer, IReadOnlyList<HttpParsed> messages)
    {
        writer.WriteStartArray("messages");
        foreach (var message in messages)
        {
            writer.WriteStartObject();
            writer.WriteString("startLine", message.StartLine);
            HttpJson.Fields(writer, "fields", message.Fields);
            writer.WriteString("framing", Words.Kebab(message.Framing.ToString()));
            HttpJson.Body(writer, message.Body.Span);
            HttpJson.Fields(writer, "trailers", message.Trailers);
            writer.WriteStartArray("tolerated");
            foreach (var tolerance in message.Tolerated)
            {
                writer.WriteStartObject();
                writer.WriteString("kind", Words.Kebab(tolerance.Kind.ToString()));
                writer.WriteNumber("offset", tolerance.Offset);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            if (message.Error is { } error)
            {
                writer.WriteStartObject("malformed");
                writer.WriteString("kind", Words.Kebab(error.Kind.ToString()));
                if (error.Shape is { } shape) writer.WriteString("shape", shape.ToText());
                writer.WriteNumber("offset", error.Offset);
                writer.WriteString("detail", error.Detail);
                writer.WriteEndObject();
            }

            writer.WriteNumber("leftOver", message.Left);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
