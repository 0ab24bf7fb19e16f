using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Fathom.Probes.Internet;
using Fathom.Wire.Application;
using Fathom.Wire.Application.Urls;
using Fathom.Wire.Internet;

namespace Fathom.Probes.Application.Http;

/// <summary>Where a request goes: an http or https URL, taken apart as far as a client needs it. The fragment stays with the user (RFC 9110 §7.1).</summary>
public sealed record HttpTarget
{
    private HttpTarget()
    {
    }

    /// <summary>https: TLS comes first.</summary>
    public bool IsSecure { get; private init; }

    /// <summary>The host: a name in ASCII and lower case, or an address without brackets.</summary>
    public string Host { get; private init; } = "";

    /// <summary>The address, where the host is one; else null.</summary>
    public IpAddress? Address { get; private init; }

    /// <summary>The interface that a link-local address is meant on, by name; null without, or where the zone was a number. It is this host's own business and never sent (RFC 6874 §4).</summary>
    public string? ZoneName { get; private init; }

    /// <summary>The port, the scheme's own where the URL names none.</summary>
    public ushort Port { get; private init; }

    /// <summary>Path and query, from "/" on: the request target in origin-form (RFC 9112 §3.2.1).</summary>
    public string PathAndQuery { get; private init; } = "/";

    /// <summary>User and password of the URL, decoded, with a colon between; null without.</summary>
    public string? UserInfo { get; private init; }

    /// <summary>"http" or "https".</summary>
    public string Scheme => IsSecure ? "https" : "http";

    /// <summary>Host and, unless it is the scheme's own, port: the value of Host (RFC 9110 §7.2).</summary>
    public string Authority => Port == DefaultPort(IsSecure) ? BracketedHost : $"{BracketedHost}:{Port}";

    /// <summary>Host and port, always both: the target of CONNECT (RFC 9112 §3.2.3).</summary>
    public string HostAndPort => $"{BracketedHost}:{Port}";

    /// <summary>Scheme, host and port: what credentials belong to (RFC 9110 §4.3.1).</summary>
    public string Origin => $"{Scheme}://{Authority}";

    private string BracketedHost => Address is { IsV6: true } ? $"[{Host}]" : Host;

    /// <summary>Reads a URL as a person types it: without a scheme it is http.</summary>
    /// <param name="text">The URL.</param>
    /// <param name="target">The target, or null.</param>
    /// <param name="reason">What was expected, where the answer is false; text of the URL is in it only escaped.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out HttpTarget? target, out string reason)
    {
        ArgumentNullException.ThrowIfNull(text);
        target = null;
        var shown = TextSanitizer.Escape(text.Length > 80 ? text[..80] + "…" : text);
        var rest = text.Trim();
        var isSecure = false;
        var colon = rest.IndexOf("://", StringComparison.Ordinal);
        if (colon >= 0)
        {
            var scheme = rest[..colon].ToLowerInvariant();
            if (scheme is not ("http" or "https")) return Refuse(out reason, $"'{shown}': the scheme is neither http nor https");
            isSecure = scheme == "https";
            rest = rest[(colon + 3)..];
        }

        var fragment = rest.IndexOf('#', StringComparison.Ordinal);
        if (fragment >= 0) rest = rest[..fragment];
        var end = rest.AsSpan().IndexOfAny('/', '?');
        var authority = end < 0 ? rest : rest[..end];
        var path = end < 0 ? "/" : rest[end] == '?' ? "/" + rest[end..] : rest[end..];
        string? userInfo = null;
        var at = authority.LastIndexOf('@');
        if (at >= 0)
        {
            userInfo = Uri.UnescapeDataString(authority[..at]);
            authority = authority[(at + 1)..];
        }

        if (!TryReadAuthority(authority, DefaultPort(isSecure), out var host, out var address, out var zone, out var port)) return Refuse(out reason, $"'{shown}': expected a host, and a port from 1 to 65535 behind a colon; an IPv6 address stands in brackets");
        target = new HttpTarget { IsSecure = isSecure, Host = host, Address = address, ZoneName = zone, Port = port, PathAndQuery = Normalize(path), UserInfo = userInfo };
        reason = "";
        return true;
    }

    /// <summary>Resolves a Location (RFC 9110 §10.2.2, RFC 3986 §5.3) against this target.</summary>
    /// <param name="reference">An absolute URL or a relative reference.</param>
    /// <param name="target">Where it leads, or null.</param>
    /// <param name="reason">What was expected, where the answer is false.</param>
    public bool TryResolve(string reference, [NotNullWhen(true)] out HttpTarget? target, out string reason)
    {
        ArgumentNullException.ThrowIfNull(reference);
        reference = reference.Trim();
        var schemeEnd = reference.IndexOf(':', StringComparison.Ordinal);
        if (schemeEnd > 0 && char.IsAsciiLetter(reference[0]) && !reference.AsSpan(0, schemeEnd).ContainsAny('/', '?', '#')) return TryParse(reference, out target, out reason);
        if (reference.StartsWith("//", StringComparison.Ordinal)) return TryParse($"{Scheme}:{reference}", out target, out reason);
        var fragment = reference.IndexOf('#', StringComparison.Ordinal);
        if (fragment >= 0) reference = reference[..fragment];
        var query = PathAndQuery.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? PathAndQuery : PathAndQuery[..query];
        var merged = reference switch
        {
            "" => PathAndQuery,
            ['/', ..] => reference,
            ['?', ..] => path + reference,
            _ => path[..(path.LastIndexOf('/') + 1)] + reference,
        };
        target = this with { PathAndQuery = Normalize(merged), UserInfo = null };
        reason = "";
        return true;
    }

    /// <summary>Origin and zone: what a connection can be used for again.</summary>
    internal string ConnectionKey => ZoneName is null && Address is not { Zone: > 0 } ? Origin : $"{Origin}%{ZoneName ?? Address!.Value.Zone.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The URL, without user and password, and without a zone: as it is sent.</summary>
    public override string ToString() => Origin + PathAndQuery;

    private static ushort DefaultPort(bool isSecure) => isSecure ? (ushort)443 : (ushort)80;

    private static bool TryReadAuthority(string authority, ushort defaultPort, out string host, out IpAddress? address, out string? zone, out ushort port)
    {
        host = "";
        address = null;
        zone = null;
        port = defaultPort;
        var portText = "";
        if (authority.StartsWith('['))
        {
            var close = authority.IndexOf(']', StringComparison.Ordinal);
            if (close < 0) return false;

            // RFC 6874 §2 writes the percent sign of a zone as %25; people write it bare.
            var literal = authority[1..close];
            var escaped = literal.IndexOf("%25", StringComparison.Ordinal);
            if (escaped >= 0 && escaped + 3 < literal.Length) literal = literal.Remove(escaped + 1, 2);
            if (!AddressZones.TryRead(literal, out var six, out zone) || !six.IsV6) return false;
            (host, address) = (six.WithZone(0).ToString(), six);
            portText = authority[(close + 1)..];
            if (portText.Length > 0 && portText[0] != ':') return false;
        }
        else
        {
            var colon = authority.IndexOf(':', StringComparison.Ordinal);
            host = (colon < 0 ? authority : authority[..colon]).ToLowerInvariant();
            portText = colon < 0 ? "" : authority[colon..];
            if (!Ascii.IsValid(host) && !Idna.TryToAscii(host, IdnaOptions.Url, out host, out _)) return false;
            if (IpAddress.TryParse(host, out var four) && !four.IsV6) address = four;
            else if (!IsName(host)) return false;
        }

        return portText.Length <= 1 || (ushort.TryParse(portText.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out port) && port > 0);
    }

    // RFC 1123 §2.1, and the underscore that real names have. At most 253 characters (RFC 1035 §2.3.4).
    private static bool IsName(string host) => host.Length is > 0 and <= 253 && host.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_') && !host.StartsWith('.') && !host.Contains("..", StringComparison.Ordinal);

    // RFC 3986 §5.2.4: dot segments go. §2.1: what may not stand in a target is percent-encoded, as UTF-8; which that is the URL Standard says.
    private static string Normalize(string pathAndQuery)
    {
        var query = pathAndQuery.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? pathAndQuery : pathAndQuery[..query];
        return PercentEncoding.Encode(UriReference.RemoveDotSegments(path) + pathAndQuery[path.Length..], PercentEncodeSet.Query);
    }

    private static bool Refuse(out string reason, string why)
    {
        reason = why;
        return false;
    }
}
