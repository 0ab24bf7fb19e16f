using System.Buffers;

namespace Fathom.Wire.Application.Http;

/// <summary>The character classes of HTTP (RFC 9110 §5.5 and §5.6, RFC 9112 §3).</summary>
internal static class HttpSyntax
{
    // RFC 9110 §5.6.2: tchar.
    private const string TokenCharacters = "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly SearchValues<char> TokenChars = SearchValues.Create(TokenCharacters);
    private static readonly SearchValues<byte> TokenOctets = SearchValues.Create([.. TokenCharacters.Select(static c => (byte)c)]);

    // HTAB, SP, VCHAR and obs-text: what a field value or a reason phrase is made of.
    private static readonly SearchValues<byte> ControlOctets =
        SearchValues.Create([.. Enumerable.Range(0, 32).Where(static n => n != '\t').Append(127).Select(static n => (byte)n)]);

    // RFC 3986 §3.2.2 and §3.2.3: what a host and port are made of; nothing that could end a host for another reader.
    private static readonly SearchValues<char> HostCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%!$&'()*+;=:[]");

    public static bool IsToken(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(TokenChars);

    public static bool IsToken(ReadOnlySpan<byte> octets) => !octets.IsEmpty && !octets.ContainsAnyExcept(TokenOctets);

    /// <summary>The first octet that is no token character, or -1.</summary>
    public static int FirstNonToken(ReadOnlySpan<byte> octets) => octets.IndexOfAnyExcept(TokenOctets);

    /// <summary>The first control character other than HTAB, or -1.</summary>
    public static int FirstControl(ReadOnlySpan<byte> octets) => octets.IndexOfAny(ControlOctets);

    /// <summary>True when a value can be sent: Latin-1 without controls other than HTAB (RFC 9110 §5.5).</summary>
    public static bool IsFieldValue(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (c is (< ' ' and not '\t') or '\x7F' or > '\xFF') return false;
        }

        return true;
    }

    /// <summary>True when a target can be sent: visible ASCII, not empty (RFC 9112 §3.2; a space would end it).</summary>
    public static bool IsTarget(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('!', '~');

    /// <summary>True when a Host field can have this value; an empty one is right where the target has no authority (RFC 9112 §3.2).</summary>
    public static bool IsHost(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(HostCharacters);

    /// <summary>RFC 9112 §3.2: authority-form for CONNECT alone, asterisk-form for OPTIONS alone, else origin- or absolute-form.</summary>
    public static bool HasTargetForm(string method, string target)
    {
        if (method == "CONNECT") return target.Contains(':', StringComparison.Ordinal) && IsHost(target);
        if (target == "*") return method == "OPTIONS";
        return target[0] == '/' || (char.IsAsciiLetter(target[0]) && target.Contains("://", StringComparison.Ordinal));
    }

    public static ReadOnlySpan<byte> TrimWhitespace(ReadOnlySpan<byte> octets) => octets.Trim(" \t"u8);

    /// <summary>
    /// Cuts a list (RFC 9110 §5.6.1) at its commas; commas inside quoted strings do not count. Members come trimmed, and
    /// empty ones come too.
    /// </summary>
    public static List<string> SplitList(string value)
    {
        var members = new List<string>();
        int start = 0, i = 0;
        for (var quoted = false; i < value.Length; i++)
        {
            if (quoted && value[i] == '\\') i++;
            else if (value[i] == '"') quoted = !quoted;
            else if (value[i] == ',' && !quoted)
            {
                members.Add(value[start..i].Trim(' ', '\t'));
                start = i + 1;
            }
        }

        members.Add(value[start..].Trim(' ', '\t'));
        return members;
    }
}
