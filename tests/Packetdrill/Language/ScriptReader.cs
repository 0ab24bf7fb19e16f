using System.Globalization;

namespace Packetdrill.Language;

/// <summary>
/// A place in a script's text. The first mistake is kept; from then on there is nothing more to read, so that a parser need not ask after every step.
/// </summary>
internal sealed class ScriptReader(string text)
{
    private readonly int[] _lineStarts = FindLines(text);
    private int _place;
    private int _end = text.Length;

    public ScriptError? Error { get; private set; }

    public bool AtEnd => _place >= _end;

    public int Place => _place;

    /// <summary>The character here, or NUL at the end.</summary>
    public char Current => _place < _end ? text[_place] : '\0';

    public int Line => PositionOf(_place).Line;

    /// <summary>Names that <c>--define</c> gave a value.</summary>
    public Dictionary<string, string> Definitions { get; } = new(StringComparer.Ordinal);

    public char Peek(int ahead) => _place + ahead < _end && _place + ahead >= 0 ? text[_place + ahead] : '\0';

    public bool StartsWith(string expected) => _end - _place >= expected.Length && string.CompareOrdinal(text, _place, expected, 0, expected.Length) == 0;

    public void Skip(int characters) => _place = Math.Min(_end, _place + characters);

    public void Fail(string message) => Fail(message, _place);

    public void Fail(string message, int place)
    {
        if (Error is not null) return;
        var (line, column) = PositionOf(place);
        Error = new ScriptError(line, column, message);
        _end = _place;
    }

    /// <summary>Passes over blanks, line ends and comments.</summary>
    public void SkipBlank()
    {
        while (!AtEnd)
        {
            if (char.IsWhiteSpace(Current)) _place++;
            else if (StartsWith("//")) SkipLine();
            else if (StartsWith("/*")) SkipComment();
            else return;
        }
    }

    /// <summary>Takes a sign or a word if it is what comes next.</summary>
    public bool Take(string expected)
    {
        SkipBlank();
        if (!StartsWith(expected)) return false;
        if (IsWordCharacter(expected[^1]) && IsWordCharacter(Peek(expected.Length))) return false;
        _place += expected.Length;
        return true;
    }

    public void Expect(string expected)
    {
        if (!Take(expected)) Fail($"'{expected}' expected");
    }

    /// <summary>Takes a word of letters, digits and underscores; empty where there is none.</summary>
    public string TakeWord()
    {
        SkipBlank();
        var start = _place;
        while (IsWordCharacter(Current)) _place++;
        var word = text[start.._place];
        return Definitions.GetValueOrDefault(word, word);
    }

    /// <summary>The word that comes next, not taken.</summary>
    public string PeekWord()
    {
        var place = _place;
        var word = TakeWord();
        _place = place;
        return word;
    }

    /// <summary>An integer, decimal or hexadecimal, perhaps negative. A defined name stands for its value.</summary>
    public long ExpectInteger(string what)
    {
        SkipBlank();
        var start = _place;
        var isNegative = Current == '-';
        if (isNegative) _place++;
        var word = TakeWord();
        var isHex = word.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        if (isHex && ulong.TryParse(word.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) && hex <= long.MaxValue)
            return isNegative ? -(long)hex : (long)hex;
        if (!isHex && long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var value)) return isNegative ? -value : value;
        Fail($"{what} expected", start);
        return 0;
    }

    /// <summary>An integer of a range.</summary>
    public long ExpectInteger(string what, long least, long most)
    {
        SkipBlank();
        var start = _place;
        var value = ExpectInteger(what);
        if (Error is null && (value < least || value > most)) Fail(string.Create(CultureInfo.InvariantCulture, $"{what}: {least} to {most} expected"), start);
        return value;
    }

    /// <summary>A time in seconds: <c>1</c>, <c>.25</c>, <c>0.1</c>.</summary>
    public TimeSpan ExpectTime()
    {
        SkipBlank();
        var start = _place;
        var isNegative = Current == '-';
        if (isNegative) _place++;
        var digits = _place;
        while (char.IsAsciiDigit(Current)) _place++;
        if (Current == '.' && char.IsAsciiDigit(Peek(1)))
        {
            _place++;
            while (char.IsAsciiDigit(Current)) _place++;
        }

        // Microseconds are the language's own unit; a time beyond a year is a mistake.
        if (!decimal.TryParse(text.AsSpan(digits, _place - digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) || seconds > 31_536_000)
        {
            Fail("a time in seconds expected", start);
            return default;
        }

        var time = TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
        return isNegative ? -time : time;
    }

    /// <summary>The text up to a closing mark, which is passed over. A backslash protects the character behind it, and stays.</summary>
    public string TakeUntil(string close, string what)
    {
        var start = _place;
        while (!AtEnd && !StartsWith(close)) _place += Current == '\\' && close.Length == 1 ? 2 : 1;
        if (AtEnd)
        {
            Fail($"{what} is not closed", Math.Max(0, start - 1));
            return "";
        }

        var taken = text[start.._place];
        _place += close.Length;
        return taken;
    }

    /// <summary>The rest of the line.</summary>
    public string TakeLine()
    {
        var start = _place;
        while (!AtEnd && Current != '\n' && !StartsWith("//")) _place++;
        return text[start.._place].Trim();
    }

    public static bool IsWordCharacter(char character) => char.IsAsciiLetterOrDigit(character) || character == '_';

    private void SkipLine()
    {
        while (!AtEnd && Current != '\n') _place++;
    }

    private void SkipComment()
    {
        var start = _place;
        _place += 2;
        while (!AtEnd && !StartsWith("*/")) _place++;
        if (AtEnd) Fail("the comment is not closed", start);
        else _place += 2;
    }

    private (int Line, int Column) PositionOf(int place)
    {
        var line = Array.BinarySearch(_lineStarts, place);
        if (line < 0) line = ~line - 1;
        return (line + 1, place - _lineStarts[line] + 1);
    }

    private static int[] FindLines(string text)
    {
        List<int> starts = [0];
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n') starts.Add(i + 1);
        }

        return [.. starts];
    }
}
