namespace Fathom.Wire.Application.Urls;

/// <summary>Path, query and fragment.</summary>
internal ref partial struct UrlParser
{
    private bool PathStart()
    {
        if (_isSpecial)
        {
            NoteReverseSolidus();
            if (IsAtSlash) _at++;
            return Path();
        }

        if (IsAtEnd)
        {
            // A setter that takes the whole path away leaves one empty segment where there is no host.
            if (_isSetter && !_layout.HasAuthority) _output.Append('/');
            return true;
        }

        if (!_isSetter && Current is '?' or '#') return AfterPath();
        if (Current == '/') _at++;
        return Path();
    }

    private bool Path()
    {
        while (true)
        {
            var length = UrlInput.SegmentLength(_input[_at..], _isSpecial, _isSetter);
            var segment = _input.Slice(_at, length);
            NoteUnits(_at, length);
            _at += length;
            var continues = IsAtSlash;
            NoteReverseSolidusIf(continues);
            switch (UrlInput.Dots(segment))
            {
                case 2:
                    Shorten();
                    if (!continues) _output.Append('/');
                    break;
                case 1:
                    if (!continues) _output.Append('/');
                    break;
                default:
                    WriteSegment(_at - length, segment);
                    break;
            }

            if (!continues) break;
            _at++;
        }

        return AfterPath();
    }

    private void WriteSegment(int at, ReadOnlySpan<char> segment)
    {
        var isFirst = _output.Length == _layout.PathStart;
        _output.Append('/');
        if (_isFile && isFirst && UrlInput.IsDriveLetter(segment))
        {
            _output.Append(segment[0]);
            _output.Append(':');
            return;
        }

        WriteEncoded(at, segment.Length, PercentEncodeSet.Path);
    }

    // "Shorten a url's path": a drive letter is never taken off.
    private void Shorten()
    {
        var path = _output.Written[_layout.PathStart..];
        if (_isFile && path.Length == 3 && char.IsAsciiLetter(path[1]) && path[2] == ':') return;
        var slash = path.LastIndexOf('/');
        if (slash >= 0) _output.Truncate(_layout.PathStart + slash);
    }

    private bool AfterPath()
    {
        FinishPath();
        if (IsAtEnd || _isSetter) return true;
        return Current == '?' ? Query() : Fragment();
    }

    // Without a host, a path that begins with "//" would be read as a host the next time.
    private void FinishPath()
    {
        if (_layout.HasAuthority || _layout.HasOpaquePath || !_output.Written[_layout.PathStart..].StartsWith("//")) return;
        _output.Insert(_layout.PathStart, "/.");
        _layout.PathStart += 2;
    }

    private bool OpaquePath()
    {
        _layout.HasOpaquePath = true;
        var length = _input[_at..].IndexOfAny('?', '#');
        var path = length < 0 ? _input[_at..] : _input.Slice(_at, length);
        NoteUnits(_at, path.Length);
        // A space that would stand at the end, were query and fragment taken off, would be lost then.
        var endsInSpace = length >= 0 && path.EndsWith(" ");
        WriteEncoded(_at, endsInSpace ? path.Length - 1 : path.Length, PercentEncodeSet.C0Control);
        if (endsInSpace) _output.Append("%20");
        _at += path.Length;
        if (IsAtEnd) return true;
        return Current == '?' ? Query() : Fragment();
    }

    private bool Query()
    {
        _layout.QueryStart = _output.Length;
        _output.Append('?');
        _at++;
        var length = _input[_at..].IndexOf('#');
        var query = length < 0 ? _input[_at..] : _input.Slice(_at, length);
        NoteUnits(_at, query.Length);
        WriteEncoded(_at, query.Length, _isSpecial ? PercentEncodeSet.SpecialQuery : PercentEncodeSet.Query);
        _at += query.Length;
        return IsAtEnd || Fragment();
    }

    private bool Fragment()
    {
        _layout.FragmentStart = _output.Length;
        _output.Append('#');
        _at++;
        NoteUnits(_at, _input.Length - _at);
        WriteEncoded(_at, _input.Length - _at, PercentEncodeSet.Fragment);
        return true;
    }

    private readonly void NoteReverseSolidusIf(bool isSlash)
    {
        if (isSlash) NoteReverseSolidus();
    }

    // invalid-URL-unit, for those who want to know.
    private readonly void NoteUnits(int start, int length)
    {
        if (_trace is null) return;
        var text = _input.Slice(start, length);
        for (var i = 0; i < text.Length;)
        {
            System.Text.Rune.DecodeFromUtf16(text[i..], out var rune, out var used);
            if (rune.Value == '%' ? !PercentEncoding.IsEncodedByte(text, i) : !UrlInput.IsUrlCodePoint(rune.Value))
                Note(UrlErrorKind.InvalidUrlUnit, start + i, used, rune.Value == '%' ? "'%' is not followed by two hexadecimal digits" : $"{UrlInput.Describe(rune)} belongs percent-encoded");
            i += used;
        }
    }
}
