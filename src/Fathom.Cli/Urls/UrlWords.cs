using Fathom.Wire.Application.Urls;

namespace Fathom.Cli.Urls;

/// <summary>Words for people.</summary>
internal static class UrlWords
{
    /// <summary>What a host is.</summary>
    public static string Of(UrlHostKind kind) => kind switch
    {
        UrlHostKind.Domain => "a domain name",
        UrlHostKind.V4 => "an IPv4 address",
        UrlHostKind.V6 => "an IPv6 address",
        UrlHostKind.Opaque => "opaque: it means what its scheme says",
        UrlHostKind.Empty => "empty",
        _ => "not there",
    };

    /// <summary>The JSON word of a host's kind.</summary>
    public static string Id(UrlHostKind kind) => kind switch
    {
        UrlHostKind.Domain => "domain",
        UrlHostKind.V4 => "ipv4",
        UrlHostKind.V6 => "ipv6",
        UrlHostKind.Opaque => "opaque",
        UrlHostKind.Empty => "empty",
        _ => "none",
    };

    /// <summary>What just happened, with this URL's figures.</summary>
    public static string Explain(UrlReading reading)
    {
        if (reading.Url is not { } url)
        {
            return $"A URL is read from left to right: scheme, then host and port, then path, query and fragment. The reading stopped at character {reading.Trace.Errors[^1].Position + 1} "
                + $"of {reading.Text.Length}, because {reading.Trace.Errors[^1]}. A browser would open nothing.";
        }

        var words = $"The scheme {url.Scheme} is {(url.IsSpecial ? "special: it has a host, '\\' counts as '/', and its own port is left out" : "not one of the web's own: its host and path are left as they are")}. ";
        words += url.HostKind switch
        {
            UrlHostKind.Domain when url.UnicodeHostname != url.Hostname => $"The host {url.UnicodeHostname} is sent to DNS as {url.Hostname}, because DNS names are ASCII (IDNA). ",
            UrlHostKind.Domain => $"The host {url.Hostname} is a name that DNS must resolve before anything can be sent. ",
            UrlHostKind.V4 or UrlHostKind.V6 => $"The host is an address, {url.Hostname}: no DNS is needed. ",
            _ => "",
        };
        if (url.EffectivePort is { } port && url.HostKind is UrlHostKind.Domain or UrlHostKind.V4 or UrlHostKind.V6) words += $"A client connects to port {port}. ";
        if (url.Scheme is "http" or "https") words += $"It then asks for {url.PathAndQuery}";
        if (url.Scheme is "http" or "https") words += url.Fragment is null ? ". " : $"; the fragment {url.Hash} stays with the client. ";
        if (reading.Trace.Encodings.Count > 0) words += $"{reading.Trace.Encodings.Count} character{(reading.Trace.Encodings.Count == 1 ? " was" : "s were")} percent-encoded: each octet of its UTF-8 as '%' and two hexadecimal digits. ";
        if (reading.Comparison.Uri is null) words += "RFC 3986 is stricter: it would have refused the text as it was given. ";
        return words.TrimEnd();
    }

    /// <summary>The same with Node, whose URL is a browser's.</summary>
    public static string[] Equivalents(UrlReading reading, UrlRequest request)
    {
        var arguments = request.BaseText is { } b ? $"{Quote(reading.Text)}, {Quote(b)}" : Quote(reading.Text);
        return [$"node -p \"new URL({arguments})\"", $"python3 -c \"from urllib.parse import urlsplit; print(urlsplit({Quote(reading.Text)}))\""];
    }

    private static string Quote(string text) => "'" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "'";
}
