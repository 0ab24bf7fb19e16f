using System.Buffers;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Application.Urls;

/// <summary>The grammar of RFC 3986, appendix A.</summary>
internal static class UriGrammar
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private const string SubDelims = "!$&'()*+,;=";

    private static readonly SearchValues<char> UnreservedCharacters = SearchValues.Create(Unreserved);
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(Unreserved + SubDelims);
    private static readonly SearchValues<char> UserinfoCharacters = SearchValues.Create(Unreserved + SubDelims + ":");
    private static readonly SearchValues<char> PathCharacters = SearchValues.Create(Unreserved + SubDelims + ":@/");
    private static readonly SearchValues<char> QueryCharacters = SearchValues.Create(Unreserved + SubDelims + ":@/?");

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789ABCDEFabcdef");

    public static bool IsUnreserved(char c) => UnreservedCharacters.Contains(c);

    public static UriReference? Parse(string text, out UriSyntaxError error)
    {
        error = default;
        string? scheme = null;
        var at = 0;
        var colon = text.AsSpan().IndexOfAny(":/?#");
        if (colon >= 0 && text[colon] == ':')
        {
            // A ':' in the first segment is a scheme's, or an error (§4.2).
            if (colon == 0 || UrlInput.SchemeLength(text) != colon)
            {
                error = new UriSyntaxError(SchemeFault(text[..colon]), colon == 0 ? "the scheme is empty" : "a scheme is a letter, then letters, digits, '+', '-' and '.'; a ':' in a relative reference's first segment is not allowed");
                return null;
            }

            scheme = text[..colon];
            at = colon + 1;
        }

        string? userinfo = null, host = null, port = null;
        var kind = UriHostKind.None;
        if (text.AsSpan(at).StartsWith("//"))
        {
            at += 2;
            var length = UrlInput.AuthorityLength(text.AsSpan(at), false);
            if (!TryAuthority(text, at, length, ref userinfo, ref host, ref port, out kind, ref error)) return null;
            at += length;
        }

        var pathLength = text.AsSpan(at).IndexOfAny('?', '#') is >= 0 and var p ? p : text.Length - at;
        var path = text.Substring(at, pathLength);
        if (!Check(text, at, pathLength, PathCharacters, "a path", ref error)) return null;
        at += pathLength;
        string? query = null, fragment = null;
        if (at < text.Length && text[at] == '?')
        {
            var length = text.AsSpan(++at).IndexOf('#') is >= 0 and var q ? q : text.Length - at;
            if (!Check(text, at, length, QueryCharacters, "a query", ref error)) return null;
            query = text.Substring(at, length);
            at += length;
        }

        if (at < text.Length)
        {
            at++;
            if (!Check(text, at, text.Length - at, QueryCharacters, "a fragment", ref error)) return null;
            fragment = text[at..];
        }

        return new UriReference(scheme, userinfo, host, kind, port, path, query, fragment);
    }

    private static int SchemeFault(string scheme)
    {
        if (scheme.Length == 0 || !char.IsAsciiLetter(scheme[0])) return 0;
        for (var i = 1; i < scheme.Length; i++)
        {
            if (!char.IsAsciiLetterOrDigit(scheme[i]) && scheme[i] is not ('+' or '-' or '.')) return i;
        }

        return scheme.Length;
    }

    private static bool TryAuthority(string text, int start, int length, ref string? userinfo, ref string? host, ref string? port, out UriHostKind kind, ref UriSyntaxError error)
    {
        kind = UriHostKind.None;
        var (at, end) = (start, start + length);
        var sign = text.IndexOf('@', start, length);
        if (sign >= 0)
        {
            if (!Check(text, start, sign - start, UserinfoCharacters, "the userinfo", ref error)) return false;
            userinfo = text[start..sign];
            at = sign + 1;
        }

        var hostEnd = at < end && text[at] == '[' ? text.IndexOf(']', at, end - at) + 1 : text.IndexOf(':', at, end - at);
        if (at < end && text[at] == '[')
        {
            if (hostEnd == 0) return Refuse(at, "the '[' of an IP literal is not closed", ref error);
            if (hostEnd < end && text[hostEnd] != ':') return Refuse(hostEnd, "expected ':' and a port after an IP literal", ref error);
            if (!TryLiteral(text[(at + 1)..(hostEnd - 1)], out kind)) return Refuse(at + 1, "expected an IPv6 address, or v and a number, '.' and an address of that kind, between the brackets", ref error);
        }
        else
        {
            if (hostEnd < 0) hostEnd = end;
            if (!Check(text, at, hostEnd - at, NameCharacters, "a registered name", ref error)) return false;
            kind = IpAddress.TryParse(text.AsSpan(at, hostEnd - at), out _) ? UriHostKind.V4 : UriHostKind.RegisteredName;
        }

        host = text[at..hostEnd];
        if (hostEnd == end) return true;
        port = text[(hostEnd + 1)..end];
        var other = UrlInput.NonDigit(port);
        return other < 0 || Refuse(hostEnd + 1 + other, "a port has only digits", ref error);
    }

    private static bool TryLiteral(string text, out UriHostKind kind)
    {
        kind = UriHostKind.V6;
        if (!text.Contains('%', StringComparison.Ordinal) && IpAddress.TryParse(text, out var address) && address.IsV6) return true;
        kind = UriHostKind.Future;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot >= 2 && (text[0] | 0x20) == 'v' && !text.AsSpan(1, dot - 1).ContainsAnyExcept(HexDigits)
            && dot + 1 < text.Length && !text.AsSpan(dot + 1).ContainsAnyExcept(UserinfoCharacters);
    }

    private static bool Check(string text, int start, int length, SearchValues<char> allowed, string where, ref UriSyntaxError error)
    {
        for (var rest = text.AsSpan(start, length); rest.IndexOfAnyExcept(allowed) is >= 0 and var other;)
        {
            if (!PercentEncoding.IsEncodedByte(rest, other))
            {
                System.Text.Rune.DecodeFromUtf16(rest[other..], out var rune, out _);
                var what = rune.Value == '%' ? "'%' is not followed by two hexadecimal digits" : $"{UrlInput.Describe(rune)} is not allowed in {where}";
                return Refuse(start + length - rest.Length + other, what, ref error);
            }

            rest = rest[(other + 3)..];
        }

        return true;
    }

    private static bool Refuse(int at, string reason, ref UriSyntaxError error)
    {
        error = new UriSyntaxError(at, reason);
        return false;
    }
}
