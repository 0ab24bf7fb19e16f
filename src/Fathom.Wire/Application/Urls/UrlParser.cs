using System.Diagnostics.CodeAnalysis;

namespace Fathom.Wire.Application.Urls;

/// <summary>
/// The basic URL parser (URL Standard §4.4). The standard's state machine reads one code point after another; this one reads a part at a time, and writes the
/// serialization straight into one buffer. The names of the methods are those of the states that they stand for.
/// </summary>
internal ref partial struct UrlParser
{
    // Most URLs are shorter; longer ones are written into the pool's memory.
    private const int UsualLength = 512;

    private readonly Url? _base;
    private readonly UrlTrace? _trace;
    private ReadOnlySpan<char> _input;
    private UrlPositions _positions;
    private int _at;
    private UrlBuffer _output;
    private UrlLayout _layout;
    private UrlError _failure;
    private bool _isSpecial;
    private bool _isFile;
    private bool _isSetter;
    private bool _isQuiet;

    private UrlParser(Url? baseUrl, UrlTrace? trace, Span<char> memory)
    {
        _base = baseUrl;
        _trace = trace;
        _output = new UrlBuffer(memory);
        _layout = new UrlLayout { QueryStart = -1, FragmentStart = -1, Port = -1 };
    }

    private readonly bool IsAtEnd => _at >= _input.Length;

    // NUL stands for the end; where a NUL could be read as itself, IsAtEnd is asked.
    private readonly char Current => _at < _input.Length ? _input[_at] : '\0';

    private readonly bool IsAtSlash => Current == '/' || (_isSpecial && Current == '\\');

    public static bool TryParse(ReadOnlySpan<char> text, Url? baseUrl, UrlTrace? trace, [NotNullWhen(true)] out Url? url, out UrlError failure)
    {
        var parser = new UrlParser(baseUrl, trace, stackalloc char[UsualLength]);
        url = parser.Run(text) ? new Url(parser._output.ToString(), parser._layout) : null;
        failure = parser._failure;
        parser.Dispose();
        return url is not null;
    }

    public static bool CanParse(ReadOnlySpan<char> text, Url? baseUrl)
    {
        var parser = new UrlParser(baseUrl, null, stackalloc char[UsualLength]) { _isQuiet = true };
        var can = parser.Run(text);
        parser.Dispose();
        return can;
    }

    public void Dispose() => _output.Dispose();

    private bool Run(ReadOnlySpan<char> text)
    {
        var trimmed = UrlInput.Trim(text, out var start);
        if (trimmed.Length < text.Length) Note(UrlErrorKind.InvalidUrlUnit, start > 0 ? 0 : trimmed.Length, start > 0 ? start : text.Length - trimmed.Length, detail: "a space or control character around the URL is dropped");
        _positions = new UrlPositions(start, null);
        if (!UrlInput.HasTabOrNewline(trimmed))
        {
            _input = trimmed;
            return SchemeStart();
        }

        // Rare: what is left is copied, and where it stood is remembered for those who want to know.
        NoteTabs(trimmed, start);
        _input = UrlInput.WithoutTabs(trimmed, start, out _positions);
        return SchemeStart();
    }

    private readonly void NoteTabs(ReadOnlySpan<char> text, int offset)
    {
        if (_trace is null) return;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '\t' or '\n' or '\r') _trace.Add(new UrlError(UrlErrorKind.InvalidUrlUnit, offset + i, 1, false, "a tab or newline inside the URL is dropped"));
        }
    }

    // Scheme start state and scheme state.
    private bool SchemeStart()
    {
        var length = UrlInput.SchemeLength(_input);
        if (length == 0) return NoScheme();
        _output.AppendLower(_input[..length]);
        _layout.SchemeEnd = length;
        var scheme = _output.Written;
        _isSpecial = SpecialSchemes.Contains(scheme);
        _isFile = scheme is "file";
        var isOfBase = _isSpecial && !_isFile && _base is not null && _base.Scheme.SequenceEqual(scheme);
        _output.Append(':');
        _at = length + 1;
        var hasSlashes = _input[_at..].StartsWith("//");
        if (_isSpecial && !hasSlashes) Note(UrlErrorKind.SpecialSchemeMissingFollowingSolidus, _at, 0);
        if (_isFile) return File();
        if (isOfBase && !hasSlashes) return Relative();
        if (_isSpecial)
        {
            if (hasSlashes) _at += 2;
            return IgnoreSlashes();
        }

        if (hasSlashes)
        {
            _at += 2;
            return Authority();
        }

        // Neither has an authority.
        _layout.UsernameEnd = _layout.HostStart = _layout.HostEnd = _layout.AuthorityEnd = _layout.PathStart = _output.Length;
        if (Current != '/') return OpaquePath();
        _at++;
        return Path();
    }

    private bool NoScheme()
    {
        if (_base is null || (_base.HasOpaquePath && Current != '#')) return Fail(UrlErrorKind.MissingSchemeNonRelativeUrl, 0, 0);
        if (_base.HasOpaquePath)
        {
            _layout = _base.Layout;
            _output.Append(_base.Href.AsSpan(0, _layout.FragmentStart >= 0 ? _layout.FragmentStart : _base.Href.Length));
            return Fragment();
        }

        _isSpecial = _base.IsSpecial;
        _isFile = _base.Scheme is "file";
        if (!_isFile) return Relative();
        _output.Append("file:");
        _layout.SchemeEnd = 4;
        return File();
    }

    private bool Relative()
    {
        if (IsAtSlash) return RelativeSlash();
        TakeFromBase(_base!.Layout.AuthorityEnd);
        return AgainstBasePath();
    }

    // The base's path stays, or what the reference says replaces its last segment.
    private bool AgainstBasePath()
    {
        _output.Append(_base!.Pathname);
        if (!IsAtEnd && Current is not ('?' or '#'))
        {
            if (_isFile && UrlInput.StartsWithDriveLetter(_input[_at..]))
            {
                Note(UrlErrorKind.FileInvalidWindowsDriveLetter, _at, 2);
                _output.Truncate(_layout.PathStart);
            }
            else
            {
                Shorten();
            }

            return Path();
        }

        FinishPath();
        if (Current == '?') return Query();
        if (_base.Query is { } query)
        {
            _layout.QueryStart = _output.Length;
            _output.Append('?');
            _output.Append(query);
        }

        return IsAtEnd || Fragment();
    }

    private bool RelativeSlash()
    {
        NoteReverseSolidus();
        _at++;
        if (IsAtSlash)
        {
            NoteReverseSolidus();
            _at++;
            TakeFromBase(_base!.Layout.SchemeEnd + 1);
            return _isSpecial ? IgnoreSlashes() : Authority();
        }

        TakeFromBase(_base!.Layout.AuthorityEnd);
        return Path();
    }

    // Special authority ignore slashes state.
    private bool IgnoreSlashes()
    {
        var start = _at;
        while (Current is '/' or '\\') _at++;
        if (_at > start) Note(UrlErrorKind.SpecialSchemeMissingFollowingSolidus, start, _at - start);
        return Authority();
    }

    // The authority ends where the path begins, and the last '@' in it ends the credentials.
    private bool Authority()
    {
        var end = _at + UrlInput.AuthorityLength(_input[_at..], _isSpecial);
        var section = _input[_at..end];
        _output.Append("//");
        _layout.UsernameEnd = _layout.HostStart = _output.Length;
        var sign = section.LastIndexOf('@');
        if (sign >= 0)
        {
            Note(UrlErrorKind.InvalidCredentials, _at, sign + 1);
            if (sign + 1 == section.Length) return Fail(UrlErrorKind.HostMissing, end, 0);
            WriteCredentials(_at, sign);
            _at += sign + 1;
        }

        return Host(end);
    }

    private void WriteCredentials(int at, int length)
    {
        var start = _output.Length;
        var colon = _input.Slice(at, length).IndexOf(':');
        WriteEncoded(at, colon < 0 ? length : colon, PercentEncodeSet.Userinfo);
        _layout.UsernameEnd = _output.Length;
        if (colon >= 0 && colon + 1 < length)
        {
            _output.Append(':');
            WriteEncoded(at + colon + 1, length - colon - 1, PercentEncodeSet.Userinfo);
        }

        if (_output.Length > start) _output.Append('@');
        _layout.HostStart = _output.Length;
    }

    // Host state and port state; the authority's end is known.
    private bool Host(int end)
    {
        var colon = UrlInput.PortColon(_input[_at..end]);
        var hostEnd = colon < 0 ? end : _at + colon;
        if (hostEnd == _at)
        {
            if (_isSpecial || colon >= 0) return Fail(UrlErrorKind.HostMissing, _at, 0);
            _layout.HostKind = UrlHostKind.Empty;
        }
        else if (!ParseHost(hostEnd))
        {
            return false;
        }

        _layout.HostEnd = _output.Length;
        if (colon >= 0 && !Port(hostEnd + 1, end)) return false;
        _layout.AuthorityEnd = _layout.PathStart = _output.Length;
        _at = end;
        return PathStart();
    }

    private bool Port(int start, int end)
    {
        var digits = _input[start..end];
        var other = UrlInput.NonDigit(digits);
        if (other >= 0) return Fail(UrlErrorKind.PortInvalid, start + other, 1);
        if (digits.IsEmpty) return true;
        if (UrlInput.PortNumber(digits) is not (<= ushort.MaxValue and var port)) return Fail(UrlErrorKind.PortOutOfRange, start, digits.Length);
        if (port == SpecialSchemes.DefaultPort(_output.Written[.._layout.SchemeEnd])) return true;
        _layout.Port = port;
        _output.Append(':');
        _output.Append(port);
        return true;
    }

    private bool File()
    {
        if (Current is '/' or '\\')
        {
            NoteReverseSolidus();
            _at++;
            return FileSlash();
        }

        if (_base is not null && _base.Scheme is "file")
        {
            TakeFromBase(_base.Layout.AuthorityEnd);
            return AgainstBasePath();
        }

        WriteEmptyHost();
        return Path();
    }

    private bool FileSlash()
    {
        if (Current is '/' or '\\')
        {
            NoteReverseSolidus();
            _at++;
            return FileHost();
        }

        if (_base is not null && _base.Scheme is "file")
        {
            TakeFromBase(_base.Layout.AuthorityEnd);
            if (!UrlInput.StartsWithDriveLetter(_input[_at..]) && UrlInput.NormalizedDriveLetter(_base.Pathname) is { Length: > 0 } drive) _output.Append(drive);
            return Path();
        }

        WriteEmptyHost();
        return Path();
    }

    private bool FileHost()
    {
        var end = _at + UrlInput.AuthorityLength(_input[_at..], true);
        var host = _input[_at..end];
        if (UrlInput.IsDriveLetter(host))
        {
            Note(UrlErrorKind.FileInvalidWindowsDriveLetterHost, _at, 2);
            WriteEmptyHost();
            return Path();
        }

        WriteEmptyHost();
        if (!host.IsEmpty && !ParseFileHost(end)) return false;
        _at = end;
        return PathStart();
    }

    // A file on "localhost" is a file here.
    private bool ParseFileHost(int end)
    {
        if (!ParseHost(end)) return false;
        if (_output.Written[_layout.HostStart..] is "localhost")
        {
            _output.Truncate(_layout.HostStart);
            _layout.HostKind = UrlHostKind.Empty;
        }

        _layout.HostEnd = _layout.AuthorityEnd = _layout.PathStart = _output.Length;
        return true;
    }

    private void WriteEmptyHost()
    {
        _output.Append("//");
        _layout.HostKind = UrlHostKind.Empty;
        _layout.UsernameEnd = _layout.HostStart = _layout.HostEnd = _layout.AuthorityEnd = _layout.PathStart = _output.Length;
    }

    // What the reference leaves out is the base's, up to a place in its serialization.
    private void TakeFromBase(int end)
    {
        _output.Truncate(0);
        _output.Append(_base!.Href.AsSpan(0, end));
        _layout = _base.Layout;
        (_layout.QueryStart, _layout.FragmentStart) = (-1, -1);
        _layout.PathStart = end;
        if (end < _layout.AuthorityEnd) (_layout.HostKind, _layout.Port) = (UrlHostKind.None, -1);
    }

    // A piece of the input, percent-encoded; those who want to know are told what was.
    private void WriteEncoded(int at, int length, PercentEncodeSet set)
    {
        var text = _input.Slice(at, length);
        _output.AppendEncoded(text, set);
        if (_trace is null) return;
        for (var i = 0; i < text.Length;)
        {
            System.Text.Rune.DecodeFromUtf16(text[i..], out var rune, out var used);
            if (set.Contains(text[i])) _trace.Add(new UrlEncodingStep(_positions[at + i], used, rune.ToString(), PercentEncoding.Encode(rune.ToString(), set), set));
            i += used;
        }
    }

    private readonly void NoteReverseSolidus()
    {
        if (Current == '\\') Note(UrlErrorKind.InvalidReverseSolidus, _at, 1);
    }

    private readonly void Note(UrlErrorKind kind, int at, int length, string? detail = null)
        => _trace?.Add(new UrlError(kind, _positions[at], length, false, detail));

    private bool Fail(UrlErrorKind kind, int at, int length, string? detail = null)
    {
        _failure = new UrlError(kind, _positions[at], length, true, detail);
        _trace?.Add(_failure);
        return false;
    }
}
