using System.Text;

namespace Fathom.Wire.Application.Dns.ZoneText;

/// <summary>
/// Cuts a master file into entries, and those into words (RFC 1035 §5.1): comments, quotation marks, escapes, and
/// parentheses that carry an entry over line ends.
/// </summary>
internal sealed class DnsZoneTokenizer(string text)
{
    private int _at;
    private int _line = 1;
    private int _lineStart;

    /// <summary>What ended the reading early, or null.</summary>
    public DnsZoneError? Error { get; private set; }

    private int Column => _at - _lineStart + 1;

    /// <summary>Reads the next entry that has words.</summary>
    /// <param name="tokens">Takes its words.</param>
    /// <param name="beginsBlank">The entry begins with a blank: its owner is the one before.</param>
    /// <returns>False at the end, or with an <see cref="Error"/>.</returns>
    public bool TryReadEntry(List<DnsToken> tokens, out bool beginsBlank)
    {
        tokens.Clear();
        beginsBlank = false;
        var (depth, openedAt, fresh) = (0, _line, true);
        while (_at < text.Length)
        {
            var c = text[_at];
            switch (c)
            {
                case '\n':
                    _at++;
                    _line++;
                    _lineStart = _at;
                    if (depth > 0) continue;
                    if (tokens.Count > 0) return true;
                    (fresh, beginsBlank) = (true, false);
                    continue;
                case ' ' or '\t' or '\r':
                    if (fresh && c != '\r') beginsBlank = true;
                    fresh = false;
                    _at++;
                    continue;
                case ';':
                    while (_at < text.Length && text[_at] != '\n') _at++;
                    continue;
                case '(':
                    if (depth++ == 0) openedAt = _line;
                    fresh = false;
                    _at++;
                    continue;
                case ')':
                    if (depth-- == 0) return Fail("a closing parenthesis without an opening one");
                    _at++;
                    continue;
            }

            fresh = false;
            if (!(c == '"' ? ReadQuoted(tokens) : ReadWord(tokens))) return false;
        }

        if (depth == 0) return tokens.Count > 0;
        Error = new DnsZoneError(openedAt, 1, "an opening parenthesis is never closed");
        return false;
    }

    private bool ReadQuoted(List<DnsToken> tokens)
    {
        var (line, column) = (_line, Column);
        var start = ++_at;
        if (!SkipQuoted()) return false;
        tokens.Add(new DnsToken(text[start.._at], true, line, column));
        _at++;
        return true;
    }

    private bool ReadWord(List<DnsToken> tokens)
    {
        var (start, column) = (_at, Column);
        while (_at < text.Length && text[_at] is not (' ' or '\t' or '\r' or '\n' or ';' or '(' or ')'))
        {
            if (text[_at] == '\\')
            {
                // The escaped character belongs to the word, whatever it is; a line end ends it.
                _at += _at + 1 < text.Length && text[_at + 1] is not ('\n' or '\r') ? 2 : 1;
                continue;
            }

            if (text[_at++] != '"') continue;

            // A value may be quoted inside a word: alpn="h2,h3" (RFC 9460 §2.1).
            if (!SkipQuoted()) return false;
            _at++;
        }

        tokens.Add(new DnsToken(text[start.._at], false, _line, column));
        return true;
    }

    // Ends at the closing mark. A quoted string may go over line ends (RFC 1035 §5.1 lets it hold any character but the mark).
    private bool SkipQuoted()
    {
        var (line, column) = (_line, Column);
        for (; _at < text.Length; _at++)
        {
            switch (text[_at])
            {
                case '"':
                    return true;
                case '\\' when _at + 1 < text.Length && text[_at + 1] != '\n':
                    _at++;
                    break;
                case '\n':
                    _line++;
                    _lineStart = _at + 1;
                    break;
            }
        }

        Error = new DnsZoneError(line, column, "a quotation mark is never closed");
        return false;
    }

    private bool Fail(string reason)
    {
        Error = new DnsZoneError(_line, Column, reason);
        return false;
    }

    /// <summary>The octets of a word: "\DDD" and "\x" resolved, characters beyond ASCII as UTF-8.</summary>
    /// <returns>Null where an escape is not one.</returns>
    public static byte[]? Octets(ReadOnlySpan<char> word)
    {
        var octets = new List<byte>(word.Length);
        Span<byte> utf8 = stackalloc byte[4];
        while (!word.IsEmpty)
        {
            if (word[0] != '\\')
            {
                _ = Rune.DecodeFromUtf16(word, out var rune, out var used);
                octets.AddRange(utf8[..rune.EncodeToUtf8(utf8)]);
                word = word[used..];
                continue;
            }

            if (word.Length < 2) return null;
            if (!char.IsAsciiDigit(word[1]))
            {
                if (word[1] > 0x7F) return null;
                octets.Add((byte)word[1]);
                word = word[2..];
                continue;
            }

            if (word.Length < 4 || !char.IsAsciiDigit(word[2]) || !char.IsAsciiDigit(word[3])) return null;
            var value = ((word[1] - '0') * 100) + ((word[2] - '0') * 10) + (word[3] - '0');
            if (value > 255) return null;
            octets.Add((byte)value);
            word = word[4..];
        }

        return [.. octets];
    }
}
