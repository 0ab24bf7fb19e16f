using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Fathom.Cli.Commands;
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
/// <param name="UploadName">The name that is added to a URL that ends in "/"; null for none.</param>
internal sealed record HttpRequestInput(string Method, HttpFields Fields, IReadOnlyCollection<string> Removed, byte[]? Body, string? Credentials, string? UploadName)
{
    // A body is sent from memory.
    private const long MaximumBody = 256 * 1024 * 1024;

    /// <summary>The request for one target.</summary>
    public HttpAgentRequest For(HttpTarget target) => new(Method, Named(target)) { Fields = Fields, Removed = Removed, Body = Body, Credentials = Credentials ?? target.UserInfo };

    // As curl has it: what is uploaded to a folder keeps its name there.
    private HttpTarget Named(HttpTarget target)
        => UploadName is { Length: > 0 } name && target.PathAndQuery.EndsWith('/') && target.TryResolve(Uri.EscapeDataString(name), out var named, out _) ? named : target;

    /// <summary>Reads the options.</summary>
    /// <param name="run">The run: its host's randomness makes the boundary of a form.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="options">The options.</param>
    /// <param name="method">-X, or null.</param>
    /// <param name="isHead">-I was given.</param>
    /// <param name="input">The request, or null.</param>
    /// <param name="reason">What was expected, where the answer is false.</param>
    public static bool TryRead(CommandRun run, ParseResult parsed, HttpRequestOptions options, string? method, bool isHead, [NotNullWhen(true)] out HttpRequestInput? input, out string reason)
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
        if (!TryReadForm(run, parsed, options, out var form, out var formType, out reason)) return false;
        var upload = parsed.GetValue(options.UploadFile);
        if ((body is null ? 0 : 1) + (form is null ? 0 : 1) + (upload is null ? 0 : 1) > 1) return Refuse(out reason, "-d, -F and -T exclude each other: a request has one body");
        if (upload is not null && !HttpFile.TryRead(upload, MaximumBody, out body, out reason)) return Refuse(out reason, $"-T: {reason}");
        body ??= form;
        if (body is not null)
        {
            if (parsed.GetValue(options.Json) is not null)
            {
                Default("Content-Type", "application/json");
                Default("Accept", "application/json");
            }

            if (form is not null) Default("Content-Type", formType);
            else if (upload is null) Default("Content-Type", "application/x-www-form-urlencoded");
            if (parsed.GetValue(options.Chunked)) Default("Transfer-Encoding", "chunked");
        }
        else if (parsed.GetValue(options.Chunked)) return Refuse(out reason, "--chunked: there is no body; give one with -d");

        var user = parsed.GetValue(options.User);
        if (user is not null && !user.Contains(':', StringComparison.Ordinal)) return Refuse(out reason, "-u: expected USER:PASSWORD");
        if (isHead && body is not null) return Refuse(out reason, "-I and a body exclude each other: a HEAD request has no body");
        input = new HttpRequestInput(method ?? (isHead ? "HEAD" : upload is not null ? "PUT" : body is not null ? "POST" : "GET"), new HttpFields(fields), removed, body, user, upload is null or "-" ? null : Path.GetFileName(upload));
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

    private static bool TryReadForm(CommandRun run, ParseResult parsed, HttpRequestOptions options, out byte[]? body, out string type, out string reason)
    {
        (body, type, reason) = (null, "", "");
        var parts = new List<HttpFormPart>();
        foreach (var (isPlain, text) in FormFields(parsed, options))
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            HttpFormPart? part;
            if (isPlain) part = equals <= 0 ? null : new HttpFormPart(text[..equals], Encoding.UTF8.GetBytes(text[(equals + 1)..]));
            else if (!HttpFormInput.TryRead(text, MaximumBody, out part, out reason)) return false;
            if (part is null) return Refuse(out reason, $"--form-string '{text}': expected NAME=VALUE");
            parts.Add(part);
        }

        if (parts.Count == 0) return true;
        var random = new byte[MultipartForm.BoundaryEntropy];
        string boundary;
        do
        {
            run.Host.Random.Fill(random);
            boundary = MultipartForm.Boundary(random);
        }
        while (!MultipartForm.TryWrite(parts, boundary, out body));
        type = MultipartForm.ContentType(boundary);
        return true;
    }

    // The fields of a form have an order (RFC 7578 §5.2): that of the command line, whichever of the two options brought them.
    private static IEnumerable<(bool IsPlain, string Text)> FormFields(ParseResult parsed, HttpRequestOptions options)
    {
        bool? isPlain = null;
        foreach (var token in parsed.Tokens)
        {
            if (token.Type == TokenType.Option) isPlain = token.Value == options.FormString.Name ? true : token.Value == options.Form.Name || options.Form.Aliases.Contains(token.Value) ? false : null;
            else if (isPlain is { } plain && token.Type == TokenType.Argument) yield return (plain, token.Value);
            if (token.Type == TokenType.Argument) isPlain = null;
        }
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
