using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Fathom.Wire.Application.Http;

/// <summary>The algorithms of RFC 9651 §4.2. Nothing recurses: an inner list holds items only.</summary>
internal ref struct StructuredFieldParser(ReadOnlySpan<char> text)
{
    // §3.3.1 and §3.3.2.
    private const int IntegerDigits = 15;
    private const int DecimalDigits = 12;
    private const int FractionDigits = 3;

    private readonly ReadOnlySpan<char> _text = text;
    private int _at;
    private bool _failed;

    public delegate T? Reader<T>(ref StructuredFieldParser parser)
        where T : class;

    public StructuredFieldError Error { get; private set; }

    private readonly bool IsAtEnd => _at >= _text.Length;

    /// <summary>§4.2: the whole value, with spaces around it.</summary>
    public T? ReadAll<T>(Reader<T> read)
        where T : class
    {
        SkipSpaces();
        var result = read(ref this);
        if (_failed) return null;
        SkipSpaces();
        if (!IsAtEnd) return Fail<T>("something follows the value");
        return result;
    }

    public IReadOnlyList<StructuredMember>? ReadList()
    {
        var members = new List<StructuredMember>();
        while (!IsAtEnd)
        {
            var member = ReadMember();
            if (member is null) return null;
            members.Add(member);
            if (!NextMember()) break;
        }

        return _failed ? null : members;
    }

    public IReadOnlyList<KeyValuePair<string, StructuredMember>>? ReadDictionary()
    {
        var members = new List<KeyValuePair<string, StructuredMember>>();
        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        while (!IsAtEnd)
        {
            var key = ReadKey();
            if (key is null) return null;
            StructuredMember? member;
            if (TryTake('=')) member = ReadMember();
            else member = ReadParameters() is { } parameters ? new StructuredItem(new StructuredValue.Boolean(true), parameters) : null;
            if (member is null) return null;
            Put(members, positions, key, member);
            if (!NextMember()) break;
        }

        return _failed ? null : members;
    }

    public StructuredItem? ReadItem()
    {
        var value = ReadBareItem();
        if (value is null) return null;
        return ReadParameters() is { } parameters ? new StructuredItem(value, parameters) : null;
    }

    private StructuredMember? ReadMember()
    {
        if (!TryTake('(')) return ReadItem();
        var items = new List<StructuredItem>();
        while (true)
        {
            SkipSpaces();
            if (TryTake(')')) return ReadParameters() is { } parameters ? new StructuredInnerList(items, parameters) : null;
            if (IsAtEnd) return Fail<StructuredMember>("an inner list is not closed");
            var item = ReadItem();
            if (item is null) return null;
            items.Add(item);
            if (IsAtEnd || _text[_at] is not (' ' or ')')) return Fail<StructuredMember>("an inner list goes on with neither a space nor \")\"");
        }
    }

    /// <summary>Goes past a comma to the next member. False at the end, or after a failure.</summary>
    private bool NextMember()
    {
        SkipBlanks();
        if (IsAtEnd) return false;
        if (!TryTake(',')) return Fail<object>("a comma is expected") is not null;
        SkipBlanks();
        return !IsAtEnd || Fail<object>("a comma is the last thing") is not null;
    }

    // §4.2.3.2.
    private List<KeyValuePair<string, StructuredValue>>? ReadParameters()
    {
        var parameters = new List<KeyValuePair<string, StructuredValue>>();
        Dictionary<string, int>? positions = null;
        while (TryTake(';'))
        {
            SkipSpaces();
            var key = ReadKey();
            if (key is null) return null;
            StructuredValue? value = new StructuredValue.Boolean(true);
            if (TryTake('=')) value = ReadBareItem();
            if (value is null) return null;
            Put(parameters, positions ??= new Dictionary<string, int>(StringComparer.Ordinal), key, value);
        }

        return parameters;
    }

    // §4.2.3.3.
    private string? ReadKey()
    {
        if (IsAtEnd || !(char.IsAsciiLetterLower(_text[_at]) || _text[_at] == '*')) return Fail<string>("a key begins with a small letter or \"*\"");
        var start = _at;
        while (!IsAtEnd && IsKeyCharacter(_text[_at])) _at++;
        return _text[start.._at].ToString();
    }

    // §4.2.3.1.
    private StructuredValue? ReadBareItem()
    {
        if (IsAtEnd) return Fail<StructuredValue>("a value is expected");
        return _text[_at] switch
        {
            '-' or (>= '0' and <= '9') => ReadNumber(),
            '"' => ReadString(),
            '*' => ReadToken(),
            ':' => ReadBinary(),
            '?' => ReadBoolean(),
            '@' => ReadDate(),
            '%' => ReadDisplayString(),
            var c when char.IsAsciiLetter(c) => ReadToken(),
            _ => Fail<StructuredValue>("no value begins with this character"),
        };
    }

    // §4.2.4.
    private StructuredValue? ReadNumber()
    {
        var start = _at;
        var isNegative = TryTake('-');
        var digits = _at;
        while (!IsAtEnd && char.IsAsciiDigit(_text[_at])) _at++;
        var whole = _at - digits;
        if (whole == 0) return Fail<StructuredValue>("a digit is expected");
        if (IsAtEnd || _text[_at] != '.')
        {
            if (whole > IntegerDigits) return FailAt<StructuredValue>(start, "an integer has more than 15 digits");
            var number = long.Parse(_text[digits.._at], NumberStyles.None, CultureInfo.InvariantCulture);
            return new StructuredValue.Integer(isNegative ? -number : number);
        }

        if (whole > DecimalDigits) return FailAt<StructuredValue>(start, "a decimal has more than 12 digits before the point");
        var point = _at++;
        while (!IsAtEnd && char.IsAsciiDigit(_text[_at])) _at++;
        var fraction = _at - point - 1;
        if (fraction == 0) return Fail<StructuredValue>("a digit is expected after the point");
        if (fraction > FractionDigits) return FailAt<StructuredValue>(point, "a decimal has more than 3 digits after the point");
        return new StructuredValue.Decimal(decimal.Parse(_text[start.._at], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture));
    }

    // §4.2.5.
    private StructuredValue? ReadString()
    {
        var start = _at++;
        var value = new StringBuilder();
        while (!IsAtEnd)
        {
            var c = _text[_at++];
            switch (c)
            {
                case '"':
                    return new StructuredValue.String(value.ToString());
                case '\\':
                    if (IsAtEnd || _text[_at] is not ('"' or '\\')) return Fail<StructuredValue>("a backslash stands before \" or \\ only");
                    value.Append(_text[_at++]);
                    break;
                case < ' ' or > '~':
                    return FailAt<StructuredValue>(_at - 1, "a string holds printable ASCII only");
                default:
                    value.Append(c);
                    break;
            }
        }

        return FailAt<StructuredValue>(start, "a string is not closed");
    }

    // §4.2.6.
    private StructuredValue.Token ReadToken()
    {
        var start = _at++;
        while (!IsAtEnd && (HttpSyntax.IsToken(_text.Slice(_at, 1)) || _text[_at] is ':' or '/')) _at++;
        return new StructuredValue.Token(_text[start.._at].ToString());
    }

    // §4.2.7.
    private StructuredValue? ReadBinary()
    {
        var start = _at++;
        var length = _text[_at..].IndexOf(':');
        if (length < 0) return FailAt<StructuredValue>(start, "binary data is not closed with \":\"");
        var base64 = _text.Slice(_at, length);
        var octets = new byte[((length + 3) / 4) * 3];

        // RFC 9651 §4.2.7: missing padding is accepted; white space is not base64.
        if (base64.ContainsAny(" \t\r\n") || !Convert.TryFromBase64Chars(Pad(base64), octets, out var written))
            return FailAt<StructuredValue>(_at, "binary data is not base64");
        _at += length + 1;
        return new StructuredValue.Binary(octets.AsMemory(0, written));
    }

    // §4.2.8.
    private StructuredValue? ReadBoolean()
    {
        _at++;
        if (TryTake('1')) return new StructuredValue.Boolean(true);
        if (TryTake('0')) return new StructuredValue.Boolean(false);
        return Fail<StructuredValue>("a boolean is ?0 or ?1");
    }

    // §4.2.9.
    private StructuredValue? ReadDate()
    {
        var start = _at++;
        return ReadNumber() switch
        {
            StructuredValue.Integer number => new StructuredValue.Date(number.Value),
            null => null,
            _ => FailAt<StructuredValue>(start, "a date is a whole number of seconds"),
        };
    }

    // §4.2.10.
    private StructuredValue? ReadDisplayString()
    {
        var start = _at++;
        if (!TryTake('"')) return Fail<StructuredValue>("a display string begins with %\"");
        var octets = new List<byte>();
        while (!IsAtEnd)
        {
            var c = _text[_at++];
            if (c is < ' ' or > '~') return FailAt<StructuredValue>(_at - 1, "a display string holds printable ASCII only, all else as %xx");
            if (c == '%')
            {
                if (_at + 2 > _text.Length || !IsLowerHex(_text[_at]) || !IsLowerHex(_text[_at + 1])) return Fail<StructuredValue>("% is followed by two hexadecimal digits in lower case");
                octets.Add(byte.Parse(_text.Slice(_at, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                _at += 2;
            }
            else if (c == '"')
            {
                var bytes = octets.ToArray();
                return System.Text.Unicode.Utf8.IsValid(bytes)
                    ? new StructuredValue.DisplayString(Encoding.UTF8.GetString(bytes))
                    : FailAt<StructuredValue>(start, "a display string is not UTF-8");
            }
            else
            {
                octets.Add((byte)c);
            }
        }

        return FailAt<StructuredValue>(start, "a display string is not closed");
    }

    private bool TryTake(char c)
    {
        if (IsAtEnd || _text[_at] != c) return false;
        _at++;
        return true;
    }

    private void SkipSpaces()
    {
        while (!IsAtEnd && _text[_at] == ' ') _at++;
    }

    private void SkipBlanks()
    {
        while (!IsAtEnd && _text[_at] is ' ' or '\t') _at++;
    }

    private T? Fail<T>(string detail)
        where T : class
        => FailAt<T>(_at, detail);

    private T? FailAt<T>(int at, string detail)
        where T : class
    {
        if (!_failed) Error = new StructuredFieldError(at, detail);
        _failed = true;
        return null;
    }

    // A repeated key keeps its place and takes the new value (§4.2.2, §4.2.3.2).
    private static void Put<T>(List<KeyValuePair<string, T>> list, Dictionary<string, int> positions, string key, T value)
    {
        if (positions.TryGetValue(key, out var at)) list[at] = new(key, value);
        else
        {
            positions[key] = list.Count;
            list.Add(new(key, value));
        }
    }

    private static bool IsKeyCharacter(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-' or '.' or '*';

    private static bool IsLowerHex(char c) => char.IsAsciiDigit(c) || c is >= 'a' and <= 'f';

    private static string Pad(ReadOnlySpan<char> base64) => string.Concat(base64, new string('=', (4 - (base64.Length % 4)) % 4));
}
