using System.Buffers;
using System.Text;
using System.Text.Json;
using Fathom.Cli.Commands;
using Fathom.Cli.Input;
using Fathom.Cli.Output;
using Fathom.Wire.Application;
using Fathom.Wire.Application.Urls;

namespace Fathom.Cli.Urls;

/// <summary>Many URLs, one a line: what comes in is read in large pieces, and what goes out is written before the next piece is waited for.</summary>
internal static class UrlLines
{
    // A pipe holds 64 KiB.
    private const int BufferLength = 65536;

    private static readonly UTF8Encoding Utf8 = new(false);

    /// <summary>Reads them from standard input: for each URL its serialization or object on standard output, for anything else a line on standard error.</summary>
    /// <returns>0 where all were URLs; 1 otherwise.</returns>
    public static int Run(CommandRun run, UrlRequest request, CancellationToken cancellation)
    {
        using var output = new StreamWriter(StandardOutput.Open(), Utf8, BufferLength);
        using var input = StandardInput.OpenLines(output.Flush);
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        var (good, bad) = (0L, 0L);
        try
        {
            foreach (var (number, text) in InputLines.Read(input, cancellation))
            {
                IReadOnlyList<string> ignored = [];
                if (Url.TryParse(text, request.Base, out var url, out var failure) && !request.Edits.IsEmpty) url = request.Edits.Apply(url, out ignored);
                if (url is null || ignored.Count > 0) bad++;
                else good++;
                if (!run.IsText) WriteJson(output, buffer, json, text, url, failure);
                else if (url is null) Complain(run, output, $"line {number}: not a URL: {failure}, at {failure.Position + 1}: {text}");
                else if (request.ListsQuery) WriteQuery(output, url);
                else output.WriteLine(url.Href);
                foreach (var edit in ignored) Complain(run, output, $"line {number}: {edit}: ignored by the URL Standard: {text}");
            }
        }
        catch (IOException)
        {
            // Who reads the other end has gone, as head does.
            return ExitStatus.Good;
        }

        output.Flush();
        if (StandardInput.Interruption.IsCancellationRequested) run.Complain($"interrupted after {good + bad} line{(good + bad == 1 ? "" : "s")}: {good} URLs, {bad} refused", ExitStatus.Broken);
        return bad == 0 ? ExitStatus.Good : ExitStatus.Broken;
    }

    // Both streams in the order in which things happened, where they go to one place.
    private static void Complain(CommandRun run, StreamWriter output, string reason)
    {
        output.Flush();
        run.Complain(reason, ExitStatus.Broken);
    }

    private static void WriteQuery(StreamWriter output, Url url)
    {
        foreach (var (name, value) in UrlQuery.Parse(url.Query ?? "")) output.WriteLine($"{TextSanitizer.Escape(name)}\t{TextSanitizer.Escape(value)}");
    }

    private static void WriteJson(StreamWriter output, ArrayBufferWriter<byte> buffer, Utf8JsonWriter json, string text, Url? url, UrlError failure)
    {
        buffer.ResetWrittenCount();
        json.Reset();
        json.WriteStartObject();
        json.WriteString("schema", "fathom.url/1");
        json.WriteString("input", text);
        json.WriteBoolean("valid", url is not null);
        if (url is not null)
        {
            UrlJson.WriteUrl(json, url);
        }
        else
        {
            json.WriteString("error", failure.Name);
            json.WriteNumber("position", failure.Position);
            json.WriteString("meaning", failure.ToString());
        }

        json.WriteEndObject();
        json.Flush();
        output.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }
}
