using System.Globalization;
using Fathom.Probes.Internet;
using Fathom.Wire.Application;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Application.Urls;
using Fathom.Wire.Internet;

namespace Fathom.Diagnosis.Targets;

/// <summary>Reads targets. A refusal says in one sentence what was expected.</summary>
public static class CheckTargetParser
{
    // Longer than any browser's address bar takes; guards the parser, not the user.
    private const int MaximumLength = 8192;

    /// <summary>Parses a target.</summary>
    /// <param name="text">The text.</param>
    /// <param name="target">The target, or null.</param>
    /// <param name="reason">What was expected, where the answer is false.</param>
    public static bool TryParse(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out CheckTarget? target, out string reason)
    {
        ArgumentNullException.ThrowIfNull(text);
        target = null;
        var rest = text.Trim();
        if (rest.Length == 0) return Refuse("the target is empty; expected a URL, a host, host:port or an address", out reason);
        if (rest.Length > MaximumLength) return Refuse($"the target is longer than {MaximumLength} characters", out reason);
        foreach (var c in rest)
        {
            if (char.IsControl(c) || char.IsWhiteSpace(c)) return Refuse("the target has a space or control character in it", out reason);
        }

        var kind = TargetKind.Host;
        var hasScheme = rest.Contains("://", StringComparison.Ordinal);
        if (hasScheme)
        {
            var at = rest.IndexOf("://", StringComparison.Ordinal);
            if (!TryScheme(rest[..at], out kind)) return Refuse($"unknown scheme '{TextSanitizer.Escape(rest[..at])}'; expected https, http, tcp, udp or dns", out reason);
            rest = rest[(at + 3)..];
        }

        var end = rest.IndexOfAny(['/', '?', '#']);
        var authority = end < 0 ? rest : rest[..end];
        var tail = end < 0 ? string.Empty : rest[end..];
        if (!hasScheme && end >= 0 && IpPrefix.TryParse(rest, out _)) return Refuse("a prefix is not a target; expected one host or address", out reason);
        if (!TrySplit(authority, kind, out var host, out var portText, out reason)) return false;
        if (!TryPort(portText, kind, out var port, out reason)) return false;
        if (!TryHost(host, kind, out var name, out var address, out var zone, out reason)) return false;
        if (kind == TargetKind.Host && portText is not null) kind = OfPort(port);
        if (kind is TargetKind.Tcp or TargetKind.Udp)
        {
            if (portText is null) return Refuse($"{(kind == TargetKind.Tcp ? "tcp" : "udp")}:// needs a port: {(kind == TargetKind.Tcp ? "tcp" : "udp")}://host:port", out reason);
            if (tail is not ("" or "/")) return Refuse("a path makes no sense here; expected host:port and nothing after it", out reason);
        }

        if (!TryRequestTarget(kind, tail, out var requestTarget, out reason)) return false;
        target = new CheckTarget(text.Trim(), kind, name, address, zone, port, requestTarget) { IsAbsolute = address is null && host.EndsWith('.') };
        return true;
    }

    private static bool Refuse(string why, out string reason)
    {
        reason = why;
        return false;
    }

    private static bool TryScheme(string scheme, out TargetKind kind)
    {
        (var known, kind) = scheme.ToUpperInvariant() switch
        {
            "HTTPS" => (true, TargetKind.Https),
            "HTTP" => (true, TargetKind.Http),
            "TCP" => (true, TargetKind.Tcp),
            "UDP" => (true, TargetKind.Udp),
            "DNS" => (true, TargetKind.Dns),
            _ => (false, TargetKind.Host),
        };
        return known;
    }

    // A port that is known for HTTP says what to ask for; any other is checked as far as the connection.
    private static TargetKind OfPort(ushort port) => port switch
    {
        443 or 8443 => TargetKind.Https,
        80 or 8080 => TargetKind.Http,
        _ => TargetKind.Tcp,
    };

    private static bool TrySplit(string authority, TargetKind kind, out string host, out string? port, out string reason)
    {
        host = authority;
        port = null;
        reason = string.Empty;
        if (authority.Contains('@', StringComparison.Ordinal)) return Refuse("user names and passwords are not sent; expected host or host:port", out reason);
        if (authority.StartsWith('['))
        {
            var close = authority.IndexOf(']', StringComparison.Ordinal);
            if (close < 0) return Refuse("the bracket around the IPv6 address is not closed", out reason);
            host = authority[1..close];
            if (!host.Contains(':', StringComparison.Ordinal)) return Refuse("expected an IPv6 address between the brackets", out reason);
            var after = authority[(close + 1)..];
            if (after.Length == 0) return true;
            if (after[0] != ':') return Refuse("expected ':' and a port after the bracket", out reason);
            port = after[1..];
            return true;
        }

        var colon = authority.IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0 && colon != authority.LastIndexOf(':'))
        {
            // Several colons: an IPv6 address without brackets, which no URL may have.
            return kind == TargetKind.Host || Refuse("an IPv6 address in a URL needs brackets: [2001:db8::1]", out reason);
        }

        if (colon < 0) return true;
        host = authority[..colon];
        port = authority[(colon + 1)..];
        return true;
    }

    private static bool TryPort(string? text, TargetKind kind, out ushort port, out string reason)
    {
        reason = string.Empty;
        port = kind switch { TargetKind.Http => 80, TargetKind.Dns => 53, TargetKind.Https or TargetKind.Host => 443, _ => 0 };
        if (text is null || (text.Length == 0 && kind is not (TargetKind.Tcp or TargetKind.Udp))) return true;
        if (text.Length is > 0 and <= 5 && uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 65535)
        {
            port = (ushort)number;
            return true;
        }

        return Refuse($"port '{TextSanitizer.Escape(text)}' is not a number from 1 to 65535", out reason);
    }

    private static bool TryHost(string host, TargetKind kind, out string name, out IpAddress? address, out string? zone, out string reason)
    {
        (name, address, zone, reason) = (host, null, null, string.Empty);
        if (host.Length == 0) return kind == TargetKind.Dns || Refuse("the host is missing", out reason);
        if (host.Contains(':', StringComparison.Ordinal))
        {
            var percent = host.IndexOf('%', StringComparison.Ordinal);
            var bare = percent < 0 ? host : host[..percent];
            if (!IpAddress.TryParse(bare, out var v6)) return Refuse($"'{TextSanitizer.Escape(host)}' is not an IPv6 address", out reason);
            if (percent >= 0)
            {
                // RFC 6874 writes the percent sign as %25 inside a URL.
                var id = host[(percent + 1)..];
                if (id.StartsWith("25", StringComparison.Ordinal) && id.Length > 2) id = id[2..];
                if (id.Length == 0) return Refuse("the zone after '%' is empty", out reason);
                if (uint.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) v6 = v6.WithZone(number);
                else zone = id;
            }

            // Each link may have this address; which one is meant only the user knows.
            if (percent < 0 && AddressZones.NeedsZone(v6)) return Refuse($"{v6} is link-local, and each link may have one: say which interface, as [{v6}%eth0]", out reason);

            (name, address) = (bare, v6);
            return true;
        }

        if (IpAddress.TryParse(host, out var v4))
        {
            address = v4;
            return true;
        }

        // The WHATWG URL standard reads a last label of digits as an IPv4 address, and so do libc and browsers: a name never ends so.
        var lastLabel = host.TrimEnd('.')[(host.TrimEnd('.').LastIndexOf('.') + 1)..];
        if (lastLabel.Length > 0 && lastLabel.All(char.IsAsciiDigit))
            return Refuse($"'{TextSanitizer.Escape(host)}' is not an IPv4 address: expected four decimal numbers from 0 to 255 without leading zeros", out reason);
        return TryName(host, out name, out reason);
    }

    private static bool TryName(string host, out string name, out string reason)
    {
        name = host;
        // As a browser reads it (UTS #46): upper case, full-width letters and composed accents are one name.
        if (!System.Text.Ascii.IsValid(host) && !Idna.TryToAscii(host, IdnaOptions.Url, out name, out var error))
            return Refuse($"the host name is not valid: {error}", out reason);

        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.' or '_'))
                return Refuse($"the host name has the character '{c}'; expected letters, digits, '-' and '.'", out reason);
        }

        if (!DnsName.TryParse(name, out _, out var why)) return Refuse($"the host name is not valid: {why}", out reason);
        name = name.TrimEnd('.').ToLowerInvariant();
        return name.Length > 0 ? Accept(out reason) : Refuse("the host is missing", out reason);
    }

    private static bool Accept(out string reason)
    {
        reason = string.Empty;
        return true;
    }

    private static bool TryRequestTarget(TargetKind kind, string tail, out string requestTarget, out string reason)
    {
        requestTarget = "/";
        if (kind == TargetKind.Dns)
        {
            var query = tail.IndexOf('?', StringComparison.Ordinal);
            requestTarget = (query < 0 ? tail : tail[..query]).TrimStart('/').TrimEnd('.');
            if (requestTarget.Length == 0) return Refuse("dns:// needs a name to ask for: dns://server/name", out reason);
            return DnsName.TryParse(requestTarget, out _, out var why) ? Accept(out reason) : Refuse($"the name to ask for is not valid: {why}", out reason);
        }

        // A fragment stays with the client (RFC 3986 §3.5).
        var fragment = tail.IndexOf('#', StringComparison.Ordinal);
        var path = fragment < 0 ? tail : tail[..fragment];
        if (path.Length > 0) requestTarget = path[0] == '/' ? path : "/" + path;
        var encoded = new System.Text.StringBuilder();
        foreach (var rune in requestTarget.EnumerateRunes())
        {
            // The characters that RFC 3986 allows nowhere in a path or query are percent-encoded as UTF-8.
            if (rune.IsAscii && !"\"<>\\^`{|}".Contains((char)rune.Value, StringComparison.Ordinal)) encoded.Append((char)rune.Value);
            else encoded.Append(Uri.EscapeDataString(rune.ToString()));
        }

        requestTarget = encoded.ToString();
        return Accept(out reason);
    }
}
