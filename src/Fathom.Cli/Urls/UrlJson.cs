using System.Text.Json;
using Fathom.Wire.Application.Urls;

namespace Fathom.Cli.Urls;

/// <summary>Members of the document fathom.url/1.</summary>
internal static class UrlJson
{
    /// <summary>Writes them.</summary>
    public static void Write(Utf8JsonWriter writer, UrlReading reading, UrlRequest request)
    {
        writer.WriteString("input", reading.Text);
        if (request.BaseText is { } baseText) writer.WriteString("base", baseText);
        writer.WriteBoolean("valid", reading.Url is not null);
        if (reading.Url is { } url) WriteUrl(writer, url);
        writer.WriteStartArray("errors");
        foreach (var error in reading.Trace.Errors)
        {
            writer.WriteStartObject();
            writer.WriteString("name", error.Name);
            writer.WriteNumber("position", error.Position);
            writer.WriteNumber("length", error.Length);
            writer.WriteBoolean("failure", error.IsFailure);
            writer.WriteString("meaning", error.ToString());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("encoded");
        foreach (var step in reading.Trace.Encodings)
        {
            writer.WriteStartObject();
            writer.WriteNumber("position", step.Position);
            writer.WriteString("text", step.Text);
            writer.WriteString("encoded", step.Encoded);
            writer.WriteString("set", step.Set.Name);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteStrings(writer, "ignored", reading.Ignored);
        WriteComparison(writer, reading.Comparison);
    }

    /// <summary>Writes the parts of a URL.</summary>
    public static void WriteUrl(Utf8JsonWriter writer, Url url)
    {
        writer.WriteString("href", url.Href);
        writer.WriteString("origin", url.Origin);
        writer.WriteString("protocol", url.Protocol);
        writer.WriteString("username", url.Username);
        writer.WriteString("password", url.Password);
        writer.WriteString("host", url.Host);
        writer.WriteString("hostname", url.Hostname);
        writer.WriteString("hostKind", UrlWords.Id(url.HostKind));
        writer.WriteString("unicodeHostname", url.UnicodeHostname);
        WriteStrings(writer, "cautions", url.HostKind == UrlHostKind.Domain ? ScriptReview.Review(url.UnicodeHostname).Select(static r => r.ToString()) : []);
        writer.WriteString("port", url.Port);
        if (url.EffectivePort is { } port) writer.WriteNumber("effectivePort", port);
        writer.WriteString("pathname", url.Pathname);
        writer.WriteBoolean("opaquePath", url.HasOpaquePath);
        writer.WriteString("search", url.Search);
        writer.WriteString("hash", url.Hash);
        writer.WriteStartArray("query");
        foreach (var (name, value) in UrlQuery.Parse(url.Query ?? ""))
        {
            writer.WriteStartObject();
            writer.WriteString("name", name);
            writer.WriteString("value", value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteComparison(Utf8JsonWriter writer, UrlComparison comparison)
    {
        writer.WriteStartObject("rfc3986");
        writer.WriteBoolean("valid", comparison.Uri is not null);
        if (comparison.Uri is { } uri)
        {
            writer.WriteString("uri", uri.ToString());
            writer.WriteString("scheme", uri.Scheme);
            writer.WriteString("userinfo", uri.Userinfo);
            writer.WriteString("host", uri.Host);
            writer.WriteString("port", uri.Port);
            writer.WriteString("path", uri.Path);
            writer.WriteString("query", uri.Query);
            writer.WriteString("fragment", uri.Fragment);
        }
        else
        {
            writer.WriteNumber("position", comparison.SyntaxError.Position);
            writer.WriteString("reason", comparison.SyntaxError.Reason);
        }

        writer.WriteStartArray("differences");
        foreach (var difference in comparison.Differences)
        {
            writer.WriteStartObject();
            writer.WriteString("part", difference.Part);
            writer.WriteString("url", difference.Url);
            writer.WriteString("uri", difference.Uri);
            writer.WriteString("why", difference.Why);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteStrings(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values) writer.WriteStringValue(value);
        writer.WriteEndArray();
    }
}
