using System.Buffers;
using System.Text;

namespace Fathom.Wire.Application.Urls;

/// <summary>The host parser (URL Standard §3.5). It writes the serialized host to the output.</summary>
internal ref partial struct UrlParser
{
    // URL Standard §3.2, forbidden host code points.
    private const string ForbiddenInHost = "\0\t\n\r #/:<>?@[\\]^|";

    private static readonly SearchValues<char> ForbiddenHost = SearchValues.Create(ForbiddenInHost);

    // Forbidden domain code points: also the C0 controls, '%' and DELETE.
    private static readonly SearchValues<char> ForbiddenDomain = SearchValues.Create(
        ForbiddenInHost + "%\u007F" + string.Concat(Enumerable.Range(0, 0x20).Select(static c => (char)c)));

    // From the current place to an end.
    private bool ParseHost(int end)
    {
        var text = _input[_at..end];
        if (text[0] == '[')
        {
            if (text[^1] != ']') return Fail(UrlErrorKind.V6Unclosed, end, 0);
            _layout.HostKind = UrlHostKind.V6;
            return ParseV6(text[1..^1], _at + 1);
        }

        if (_isSpecial) return ParseDomain(text);
        _layout.HostKind = UrlHostKind.Opaque;
        var forbidden = text.IndexOfAny(ForbiddenHost);
        if (forbidden >= 0) return Fail(UrlErrorKind.HostInvalidCodePoint, _at + forbidden, 1, _isQuiet ? null : UrlInput.Describe(new Rune(text[forbidden])));
        NoteUnits(_at, text.Length);
        WriteEncoded(_at, text.Length, PercentEncodeSet.C0Control);
        return true;
    }

    private bool ParseDomain(ReadOnlySpan<char> text)
    {
        var start = _output.Length;
        var isAscii = Ascii.IsValid(text);
        if (isAscii && !text.Contains('%'))
        {
            var forbidden = text.IndexOfAny(ForbiddenDomain);
            if (forbidden >= 0) return FailForbidden(text[forbidden], _at + forbidden, 1);
            if (_trace is not null) NoteStrict(text, text.Length);
            _output.AppendLower(text);
        }
        else if (!ParseOtherDomain(text, ref isAscii))
        {
            return false;
        }

        _layout.HostKind = UrlHostKind.Domain;
        if (!UrlV4Address.EndsInNumber(_output.Written[start..])) return true;
        if (!isAscii) Note(UrlErrorKind.V4NonAsciiInput, _at, text.Length);
        return ParseV4(start, text.Length);
    }

    // Percent-encoded, or not ASCII: this is rare, and allocates.
    private bool ParseOtherDomain(ReadOnlySpan<char> text, ref bool isAscii)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!PercentEncoding.IsEncodedByte(text, i)) continue;
            Note(UrlErrorKind.DomainPercentEncoded, _at + i, 3);
            break;
        }

        var domain = text.Contains('%') ? PercentEncoding.Decode(text) : text.ToString();
        isAscii = Ascii.IsValid(domain);
        var ascii = isAscii ? domain.ToLowerInvariant() : "";
        if (!isAscii && !Idna.TryToAscii(domain, IdnaOptions.Url, out ascii, out var error)) return Fail(UrlErrorKind.DomainToAscii, _at, text.Length, error.ToString());
        if (ascii.Length == 0) return Fail(UrlErrorKind.DomainToAscii, _at, text.Length, "nothing is left of it");
        var forbidden = ascii.AsSpan().IndexOfAny(ForbiddenDomain);
        if (forbidden >= 0) return FailForbidden(ascii[forbidden], _at, text.Length);
        if (_trace is not null) NoteStrict(domain, text.Length);
        _output.Append(ascii);
        return true;
    }

    // The reason is put into words only for those who ask: CanParse allocates nothing, not for what it refuses either.
    private bool FailForbidden(char c, int at, int length)
        => Fail(UrlErrorKind.DomainToAscii, at, length, _isQuiet ? null : $"{UrlInput.Describe(new Rune(c))} is not allowed in a host");

    // "domain-to-ASCII" where only the strict reading refuses.
    private readonly void NoteStrict(ReadOnlySpan<char> domain, int length)
    {
        if (!Idna.TryToAscii(domain, IdnaOptions.Strict, out _, out var error)) Note(UrlErrorKind.DomainToAscii, _at, length, error.ToString());
    }

    private bool ParseV4(int start, int length)
    {
        Span<UrlErrorKind> notes = stackalloc UrlErrorKind[UrlV4Address.MaximumNotes];
        var failure = UrlV4Address.Parse(_output.Written[start..], out var address, notes, out var noted);
        foreach (var note in notes[..noted]) Note(note, _at, length);
        if (failure != UrlErrorKind.None) return Fail(failure, _at, length);
        _layout.HostKind = UrlHostKind.V4;
        _output.Truncate(start);
        for (var shift = 24; shift >= 0; shift -= 8)
        {
            _output.Append((int)(byte)(address >> shift));
            if (shift > 0) _output.Append('.');
        }

        return true;
    }

    private bool ParseV6(ReadOnlySpan<char> text, int offset)
    {
        Span<ushort> pieces = stackalloc ushort[8];
        var failure = UrlV6Address.Parse(text, pieces, out var at, out var hasLeadingZero);
        if (hasLeadingZero) Note(UrlErrorKind.V6PieceLeadingZero, offset, text.Length);
        if (failure != UrlErrorKind.None) return Fail(failure, offset + at, at < text.Length ? 1 : 0);
        UrlV6Address.Write(pieces, ref _output);
        return true;
    }
}
