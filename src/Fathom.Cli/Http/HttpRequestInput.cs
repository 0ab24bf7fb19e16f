using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Fathom.Probes.Application.Http;
using Fathom.Wire.Application;
using Fathom.Wire.Application.Http;

namespace Fathom.Cli.Http;

/// <summary>Reads from the command line what is to be sent.</summary>
/// <param name="Method">-X, or what the other options imply.</param>
/// <param name="Fields">The user's fields.</param>
/// <param name="Removed">Names of fields not to send.</param>
/// <param name="Body">The body, or null.</param>
/// <param name="Credentials">USER:PASSWORD, or null.</param>
internal sealed record HttpRequestInput(string Method, HttpFields Fields, IReadOnlyCollection<string> Removed, byte[]? Body, string? Credentials)
{
    // A body is sent from memory.
    private const long MaximumBody = 256 * 1024 * 1024;

    /// <summary>The request for one target.</summary>
    public HttpAgentRequest For(HttpTarget target) => new(Method, target) { Fields = Fields, Removed = Removed, Body = Body, Credentials = Credentials ?? target.UserInfo };

    /// <summary>Reads the options.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="options">The options.</param>
    /// <param name="method">-X, or null.</param>
    /// <param name="isHead">-I was given.</param>
    /// <param name="input">The request, or null.</param>
    /// <param name="reason">What was expected, where the answer is false.</param>
    public static bool TryRead(ParseResult parsed, HttpRequestOptions options, string? method, bool isHead, [NotNullWhen(true)] out HttpRequestInput? input, out string reason)
    {
        input = null;
        var fields = new List<HttpField>();
        var removed = new List<string>();
        foreach (var line in parsed.GetValue(options.Header) ?? [])
        {
            // As curl has it: "Name:" takes a field away, "Name;" sends an empty one.
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 && line.EndsWith(';')) fields.Add(new HttpField(line[..^1], ""));
            else if (colon <= 0) return Refuse(out reason, $"-H '{line}': expected \"Name: value\"");
            else if (line[(colon + 1)..].Trim(' ', '\t') is { Length: > 0 } value) fields.Add(new HttpField(line[..colon], value));
            else removed.Add(line[..colon]);
        }

        void Default(string name, string? value)
        {
            if (value is not null && !fields.Exists(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) && !removed.Contains(name, StringComparer.OrdinalIgnoreCase)) fields.Add(new HttpField(name, value));
        }

        Default("Referer", parsed.GetValue(options.Referer));
        if (!TryReadBody(parsed, options, out var body, out reason)) return false;
        if (body is not null)
        {
            if (parsed.GetValue(options.Json) is not null)
            {
                Default("Content-Type", "application/json");
                Default("Accept", "application/json");
            }

            Default("Content-Type", "application/x-www-form-urlencoded");
            if (parsed.GetValue(options.Chunked)) Default("Transfer-Encoding", "chunked");
        }
        else if (parsed.GetValue(options.Chunked)) return Refuse(out reason, "--chunked: there is no body; give one with -d");

        var user = parsed.GetValue(options.User);
        if (user is not null && !user.Contains(':', StringComparison.Ordinal)) return Refuse(out reason, "-u: expected USER:PASSWORD");
        if (isHead && body is not null) return Refuse(out reason, "-I and -d exclude each other: a HEAD request has no body");
        input = new HttpRequestInput(method ?? (isHead ? "HEAD" : body is not null ? "POST" : "GET"), new HttpFields(fields), removed, body, user);
        return true;
    }

    private static bool TryReadBody(ParseResult parsed, HttpRequestOptions options, out byte[]? body, out string reason)
    {
        body = null;
        reason = "";
        var parts = new List<byte[]>();
        foreach (var text in parsed.GetValue(options.Data) ?? [])
        {
            if (!TryReadPart(text, out var part, out reason)) return false;

            // curl takes line ends and NUL out of a file that -d reads.
            parts.Add(text.StartsWith('@') ? [.. part.Where(static b => b is not ((byte)'\r' or (byte)'\n' or 0))] : part);
        }

        foreach (var text in parsed.GetValue(options.DataRaw) ?? []) parts.Add(Encoding.UTF8.GetBytes(text));
        foreach (var text in parsed.GetValue(options.DataBinary) ?? [])
        {
            if (!TryReadPart(text, out var part, out reason)) return false;
            parts.Add(part);
        }

        if (parsed.GetValue(options.Json) is { } json)
        {
            if (!TryReadPart(json, out var part, out reason)) return false;
            if (parts.Count > 0) return Refuse(out reason, "--json and -d exclude each other");
            parts.Add(part);
        }

        if (parts.Count == 0) return true;
        var all = new MemoryStream();
        for (var i = 0; i < parts.Count; i++)
        {
            if (i > 0) all.WriteByte((byte)'&');
            all.Write(parts[i]);
        }

        body = all.ToArray();
        return true;
    }

    private static bool TryReadPart(string text, out byte[] part, out string reason)
    {
        reason = "";
        part = [];
        if (!text.StartsWith('@'))
        {
            part = Encoding.UTF8.GetBytes(text);
            return true;
        }

        return HttpFile.TryRead(text[1..], MaximumBody, out part, out reason);
    }

    private static bool Refuse(out string reason, string why)
    {
        reason = why;
        return false;
    }
}
