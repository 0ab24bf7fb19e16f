using System.Diagnostics.CodeAnalysis;

namespace Fathom.Wire.Application.Urls;

/// <summary>
/// A URL as browsers understand it: the URL Standard of the WHATWG (https://url.spec.whatwg.org/), as of August 2026. Immutable: one string, and where its parts
/// stand in it. A setter of the standard's API is a method "With…" that returns another URL.
/// </summary>
public sealed partial class Url : IEquatable<Url>
{
    private readonly UrlLayout _layout;

    internal Url(string href, in UrlLayout layout)
    {
        Href = href;
        _layout = layout;
    }

    /// <summary>The whole URL, serialized: ASCII, the same for all ways to write it.</summary>
    public string Href { get; }

    /// <summary>The scheme, in lower case without ':'.</summary>
    public ReadOnlySpan<char> Scheme => Href.AsSpan(0, _layout.SchemeEnd);

    /// <summary>The scheme and ':'.</summary>
    public string Protocol => Href[..(_layout.SchemeEnd + 1)];

    /// <summary>The scheme is http, https, ws, wss, ftp or file: it has a host, '\' counts as '/', and the port can be its own.</summary>
    public bool IsSpecial => SpecialSchemes.Contains(Scheme);

    /// <summary>The user's name, percent-encoded; empty for none.</summary>
    public string Username => _layout.HasAuthority ? Href[(_layout.SchemeEnd + 3).._layout.UsernameEnd] : "";

    /// <summary>The password, percent-encoded; empty for none.</summary>
    public string Password => _layout.HostStart - _layout.UsernameEnd > 1 ? Href[(_layout.UsernameEnd + 1)..(_layout.HostStart - 1)] : "";

    /// <summary>There is a user name or a password.</summary>
    public bool HasCredentials => _layout.HostStart > _layout.UsernameEnd;

    /// <summary>What the host is.</summary>
    public UrlHostKind HostKind => _layout.HostKind;

    /// <summary>The host, and the port if it is not the scheme's own.</summary>
    public string Host => Href[_layout.HostStart.._layout.AuthorityEnd];

    /// <summary>The host in ASCII, IPv6 in brackets; empty for none.</summary>
    public string Hostname => Href[_layout.HostStart.._layout.HostEnd];

    /// <summary>The port in decimal; empty for none and for the scheme's own.</summary>
    public string Port => _layout.Port < 0 ? "" : Href[(_layout.HostEnd + 1).._layout.AuthorityEnd];

    /// <summary>The port to connect to, 0 to 65535: the URL's, else the scheme's own; null where neither is there.</summary>
    public ushort? EffectivePort => _layout.Port >= 0 ? (ushort)_layout.Port : SpecialSchemes.DefaultPort(Scheme) is >= 0 and var port ? (ushort)port : null;

    /// <summary>The path. With an opaque path it does not begin with '/', and a relative reference cannot be resolved against it.</summary>
    public string Pathname => Href[_layout.PathStart..PathEnd];

    /// <summary>The path is one text, not segments: "mailto:ann@shop.example".</summary>
    public bool HasOpaquePath => _layout.HasOpaquePath;

    /// <summary>'?' and the query; empty for none and for an empty one.</summary>
    public string Search => Query is { Length: > 0 } query ? "?" + query : "";

    /// <summary>The query without '?', or null for none.</summary>
    public string? Query => _layout.QueryStart < 0 ? null : Href[(_layout.QueryStart + 1)..QueryEnd];

    /// <summary>'#' and the fragment; empty for none and for an empty one.</summary>
    public string Hash => Fragment is { Length: > 0 } fragment ? "#" + fragment : "";

    /// <summary>The fragment without '#', or null for none.</summary>
    public string? Fragment => _layout.FragmentStart < 0 ? null : Href[(_layout.FragmentStart + 1)..];

    /// <summary>Path and query: what an HTTP request asks for (RFC 9112 §3.2.1).</summary>
    public string PathAndQuery => Href[_layout.PathStart..QueryEnd];

    /// <summary>
    /// Who is trusted alike (URL Standard §4.7): scheme, host and port; "null" for an opaque origin, which is the same as no other, not even itself.
    /// A file's is opaque. A blob's is that of the URL inside.
    /// </summary>
    public string Origin
    {
        get
        {
            if (Scheme is "blob") return TryParse(Pathname, null, out var inner, out _) && inner.Scheme is "http" or "https" ? inner!.Origin : "null";
            return IsSpecial && Scheme is not "file" ? $"{Scheme}://{Host}" : "null";
        }
    }

    internal ref readonly UrlLayout Layout => ref _layout;

    private int PathEnd => _layout.QueryStart >= 0 ? _layout.QueryStart : QueryEnd;

    private int QueryEnd => _layout.FragmentStart >= 0 ? _layout.FragmentStart : Href.Length;

    /// <summary>Parses a URL (URL Standard §4.4).</summary>
    /// <param name="text">The text. A lone surrogate counts as U+FFFD.</param>
    /// <param name="baseUrl">What a relative reference is resolved against, or null.</param>
    /// <param name="url">The URL, or null.</param>
    /// <param name="failure">Why it is none, or the default.</param>
    public static bool TryParse(ReadOnlySpan<char> text, Url? baseUrl, [NotNullWhen(true)] out Url? url, out UrlError failure)
        => UrlParser.TryParse(text, baseUrl, null, out url, out failure);

    /// <summary>Parses as <see cref="TryParse(ReadOnlySpan{char}, Url?, out Url?, out UrlError)"/> does, and reports what was wrong but read over.</summary>
    /// <param name="text">The text.</param>
    /// <param name="baseUrl">What a relative reference is resolved against, or null.</param>
    /// <param name="trace">Where validation errors and percent-encodings are added.</param>
    /// <param name="url">The URL, or null.</param>
    public static bool TryParse(ReadOnlySpan<char> text, Url? baseUrl, UrlTrace trace, [NotNullWhen(true)] out Url? url)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return UrlParser.TryParse(text, baseUrl, trace, out url, out _);
    }

    /// <summary>Parses a URL.</summary>
    /// <param name="text">The text.</param>
    /// <param name="baseUrl">What a relative reference is resolved against, or null.</param>
    /// <exception cref="FormatException">The text is no URL.</exception>
    public static Url Parse(ReadOnlySpan<char> text, Url? baseUrl = null)
        => TryParse(text, baseUrl, out var url, out var failure) ? url : throw new FormatException($"Not a URL: {failure}.");

    /// <summary>The text is a URL. Allocates nothing for ASCII.</summary>
    /// <param name="text">The text.</param>
    /// <param name="baseUrl">What a relative reference is resolved against, or null.</param>
    public static bool CanParse(ReadOnlySpan<char> text, Url? baseUrl = null) => UrlParser.CanParse(text, baseUrl);

    /// <summary>The host as people read it (URL Standard §3.3, domain to Unicode). Any other host than a domain, and a domain that breaks IDNA's rules, comes as it is.</summary>
    public string UnicodeHostname => HostKind == UrlHostKind.Domain ? Idna.ToUnicode(Hostname, IdnaOptions.Url, out _) : Hostname;

    /// <summary>Two URLs are equal when their serializations are (URL Standard §4.6).</summary>
    /// <param name="other">The other.</param>
    public bool Equals(Url? other) => other is not null && Href == other.Href;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Url);

    /// <inheritdoc/>
    public override int GetHashCode() => Href.GetHashCode(StringComparison.Ordinal);

    /// <summary><see cref="Href"/>.</summary>
    public override string ToString() => Href;
}
