using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Fathom.Wire.Tests.Application.Http;

/// <summary>One of llhttp's test cases, as http/llhttp/FORMAT.md describes them.</summary>
internal sealed record LlhttpCase(string Name, string Type, bool SkipsBody, byte[] Input, string Log)
{
    /// <summary>True when llhttp refuses the input, or its end. That it stops for an upgrade is no refusal.</summary>
    public bool IsRefused => Log.Split('\n').Any(static line =>
        line.Contains(" finish=2", StringComparison.Ordinal) || line.Contains(" error code=", StringComparison.Ordinal) && !line.Contains("Pause on CONNECT/Upgrade", StringComparison.Ordinal));

    public static List<LlhttpCase> Load(params ReadOnlySpan<string> path)
    {
        var cases = new List<LlhttpCase>();
        foreach (var file in Directory.GetFiles(Conformance.Require(["http", "llhttp", .. path]), "*.md").Order(StringComparer.Ordinal))
        {
            if (!file.EndsWith("pausing.md", StringComparison.Ordinal)) Load(file, cases);
        }

        return cases;
    }

    /// <summary>The messages that llhttp saw, in the words of <see cref="RecordingHandler"/>'s log, incomplete heads left out.</summary>
    public string Messages()
    {
        var text = new StringBuilder();
        var spans = new Dictionary<string, StringBuilder>();
        var fields = new StringBuilder();
        var isInformational = false;
        foreach (var line in Log.Split('\n'))
        {
            var at = line.IndexOf(' ', StringComparison.Ordinal);
            var what = at < 0 ? "" : line[(at + 1)..];
            if (what.StartsWith("len=", StringComparison.Ordinal))
            {
                what = what[(what.IndexOf('[', StringComparison.Ordinal) + 1)..];
                var name = what[..what.IndexOf(']', StringComparison.Ordinal)];
                if (!spans.TryGetValue(name, out var span)) spans[name] = span = new StringBuilder();
                var value = what[(name.Length + 2)..];
                span.Append(value switch { "cr" => "\r", "lf" => "\n", _ => Unescape(value[1..^1]) });
            }
            else if (what == "message begin")
            {
                spans.Clear();
                fields.Clear();
            }
            else if (what == "header_value complete")
            {
                fields.Append(CultureInfo.InvariantCulture, $"  {Take(spans, "header_field")}={Take(spans, "header_value").TrimEnd(' ', '\t')}\n");
            }
            else if (what.StartsWith("headers complete ", StringComparison.Ordinal))
            {
                var words = what.Split(' ').Select(static word => word.Split('=')).Where(static pair => pair.Length == 2).ToDictionary(static pair => pair[0], static pair => pair[1]);
                var version = words["v"].Replace('/', '.');
                text.Append(words.TryGetValue("status", out var status)
                    ? $"head {version} {status} {Take(spans, "status")}\n"
                    : $"head {Take(spans, "method")} {Take(spans, "url")} {version}\n");
                isInformational = status is { Length: 3 } && status[0] == '1' && status != "101";
                text.Append(fields);
                fields.Clear();
            }
            else if (what == "message complete")
            {
                AddBody(text, spans);
                foreach (var trailer in fields.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)) text.Append("trailer ").Append(trailer.Trim()).Append('\n');
                fields.Clear();

                // llhttp calls an informational response a message; RFC 9110 §15.2 and we do not.
                if (!isInformational) text.Append("complete\n");
            }
        }

        AddBody(text, spans);
        return text.ToString();
    }

    private static void AddBody(StringBuilder text, Dictionary<string, StringBuilder> spans)
    {
        var body = Take(spans, "body");
        if (body.Length > 0) text.Append("body ").Append(body).Append('\n');
    }

    private static string Take(Dictionary<string, StringBuilder> spans, string name)
    {
        var value = spans.GetValueOrDefault(name)?.ToString() ?? "";
        spans.Remove(name);
        return value;
    }

    private static void Load(string file, List<LlhttpCase> cases)
    {
        var name = "";
        JsonElement meta = default;
        string? kind = null;
        string? input = null;
        var block = new StringBuilder();
        foreach (var line in File.ReadAllText(file).Split('\n'))
        {
            if (kind is null && line.StartsWith('#')) name = line.TrimStart('#', ' ');
            else if (kind is null && line.StartsWith("<!-- meta=", StringComparison.Ordinal)) meta = JsonDocument.Parse(line["<!-- meta=".Length..line.LastIndexOf("-->", StringComparison.Ordinal)]).RootElement.Clone();
            else if (kind is null && line.StartsWith("```", StringComparison.Ordinal)) kind = line[3..];
            else if (kind is not null && line == "```")
            {
                if (kind == "http") input = block.ToString();
                else if (kind == "log") cases.Add(Make(Path.GetFileNameWithoutExtension(file), name, meta, input!, block.ToString()));
                kind = null;
                block.Clear();
            }
            else if (kind is not null) block.Append(line).Append('\n');
        }
    }

    private static LlhttpCase Make(string file, string name, JsonElement meta, string input, string log)
    {
        // FORMAT.md, "Bytes of the input": in this order.
        if (input.EndsWith('\n')) input = input[..^1];
        input = input.Replace("\\\n", "", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal);
        var skipsBody = meta.TryGetProperty("skipBody", out var skip) && skip.GetBoolean();
        return new LlhttpCase($"{file}: {name}", meta.GetProperty("type").GetString()!, skipsBody, Encoding.Latin1.GetBytes(Unescape(input)), log);
    }

    private static string Unescape(string text)
    {
        var result = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                result.Append(text[i]);
                continue;
            }

            switch (text[++i])
            {
                case 'r': result.Append('\r'); break;
                case 'n': result.Append('\n'); break;
                case 't': result.Append('\t'); break;
                case 'f': result.Append('\f'); break;
                case 'x':
                    result.Append((char)Convert.ToInt32(text.Substring(i + 1, 2), 16));
                    i += 2;
                    break;
                case >= '0' and <= '7':
                    var digits = 1;
                    while (digits < 3 && i + digits < text.Length && text[i + digits] is >= '0' and <= '7') digits++;
                    result.Append((char)Convert.ToInt32(text.Substring(i, digits), 8));
                    i += digits - 1;
                    break;
                default: result.Append('\\').Append(text[i]); break;
            }
        }

        return result.ToString();
    }
}
