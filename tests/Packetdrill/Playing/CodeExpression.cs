using System.Globalization;

namespace Packetdrill.Playing;

/// <summary>Evaluates one expression of a code block. A comma at the top ends it: what follows is the assertion's message.</summary>
internal sealed class CodeExpression(string text, Func<string, double?> find)
{
    private const int MaxDepth = 64;

    private readonly Dictionary<string, double> _used = new(StringComparer.Ordinal);
    private int _place;
    private int _depth;

    /// <summary>What was not understood; null: nothing.</summary>
    public string? Problem { get; private set; }

    /// <summary>The values of the names that it looked at.</summary>
    public string DescribeUsed() => _used.Count == 0 ? "" : ": " + string.Join(", ", _used.Select(static u => string.Create(CultureInfo.InvariantCulture, $"{u.Key} is {u.Value}")));

    public double Evaluate()
    {
        var value = ReadOr();
        SkipBlank();
        if (_place < text.Length && text[_place] != ',') Stop($"'{text[_place..].Trim()}'");
        return value;
    }

    private double ReadOr()
    {
        if (++_depth > MaxDepth) Stop("nested too deeply");
        var value = ReadAnd();
        while (TakeWord("or")) value = ReadAnd() is var right && value != 0 ? value : right;
        _depth--;
        return value;
    }

    private double ReadAnd()
    {
        var value = ReadNot();
        while (TakeWord("and")) value = ReadNot() is var right && value != 0 ? right : value;
        return value;
    }

    private double ReadNot() => Problem is null && TakeWord("not") ? (ReadNot() == 0 ? 1 : 0) : ReadComparison();

    private double ReadComparison()
    {
        var left = ReadBits();
        double? holds = null;
        var isNot = false;
        while (Problem is null)
        {
            if (TakeWord("in") || (TakeWord("not") && TakeWord("in") && (isNot = true)))
            {
                // Python: a value among several.
                var isThere = ReadMembers().Contains(left);
                holds = isThere != isNot && holds is not 0 ? 1 : 0;
                isNot = false;
                continue;
            }

            if (ReadComparator() is not { } comparator) break;
            var right = ReadBits();
            var is1 = comparator switch
            {
                "==" => left == right,
                "!=" => left != right,
                "<=" => left <= right,
                ">=" => left >= right,
                "<" => left < right,
                _ => left > right,
            };

            // Python chains: a < b < c is a < b and b < c.
            holds = is1 && holds is not 0 ? 1 : 0;
            left = right;
        }

        return holds ?? left;
    }

    private List<double> ReadMembers()
    {
        var members = new List<double>();
        var close = Take("(") ? ")" : Take("[") ? "]" : "";
        if (close.Length == 0) Stop("'(' or '[' expected");
        while (Problem is null && !Take(close))
        {
            members.Add(ReadOr());
            if (!Take(",") && Problem is null)
            {
                if (!Take(close)) Stop($"'{close}' expected");
                break;
            }
        }

        return members;
    }

    private string? ReadComparator()
    {
        SkipBlank();
        foreach (var comparator in (ReadOnlySpan<string>)["==", "!=", "<=", ">=", "<", ">"])
        {
            if (comparator.Length == 1 && _place + 1 < text.Length && text[_place + 1] == comparator[0]) continue;
            if (Take(comparator)) return comparator;
        }

        return null;
    }

    private double ReadBits()
    {
        var value = ReadSum();
        while (Problem is null)
        {
            if (Take("&")) value = (long)value & (long)ReadSum();
            else if (Take("|")) value = (long)value | (long)ReadSum();
            else if (Take("<<")) value = (long)value << (int)ReadSum();
            else if (Take(">>")) value = (long)value >> (int)ReadSum();
            else break;
        }

        return value;
    }

    private double ReadSum()
    {
        var value = ReadProduct();
        while (Problem is null)
        {
            if (Take("+")) value += ReadProduct();
            else if (Take("-")) value -= ReadProduct();
            else break;
        }

        return value;
    }

    private double ReadProduct()
    {
        var value = ReadFactor();
        while (Problem is null)
        {
            if (Take("//")) value = Math.Floor(value / ReadFactor());
            else if (Take("*")) value *= ReadFactor();
            else if (Take("/")) value /= ReadFactor();
            else if (Take("%")) value -= ReadFactor() is var divisor && divisor != 0 ? Math.Floor(value / divisor) * divisor : 0;
            else break;
        }

        return value;
    }

    private double ReadFactor()
    {
        SkipBlank();
        if (_place >= text.Length)
        {
            Stop("it ends too early");
            return 0;
        }

        if (Take("-")) return ++_depth > MaxDepth ? 0 : -ReadFactor();
        if (Take("+")) return ++_depth > MaxDepth ? 0 : ReadFactor();
        if (Take("("))
        {
            var value = ReadOr();
            if (!Take(")")) Stop("')' expected");
            return value;
        }

        if (char.IsAsciiDigit(text[_place]) || text[_place] == '.') return ReadNumber();
        return ReadName();
    }

    private double ReadNumber()
    {
        var start = _place;
        var isHex = text[_place] == '0' && _place + 1 < text.Length && text[_place + 1] is 'x' or 'X';
        if (isHex) _place += 2;
        while (_place < text.Length && (char.IsAsciiHexDigit(text[_place]) || (!isHex && text[_place] is '.' or '_')) && (isHex || !char.IsAsciiLetter(text[_place]) || text[_place] is 'e')) _place++;
        var digits = text[start.._place].Replace("_", "", StringComparison.Ordinal);
        if (isHex && long.TryParse(digits.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex)) return hex;
        if (double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return number;
        Stop($"the number {digits}");
        return 0;
    }

    private double ReadName()
    {
        var start = _place;
        while (_place < text.Length && (char.IsAsciiLetterOrDigit(text[_place]) || text[_place] == '_')) _place++;
        var name = text[start.._place];
        if (name is "abs" or "min" or "max" or "int" or "float" && Take("(")) return ReadFunction(name);
        if (find(name) is { } value)
        {
            if (char.IsAsciiLetterLower(name[0])) _used[name] = value;
            return value;
        }

        Stop(name.Length == 0 ? $"'{text[_place]}'" : $"{name} is not known here");
        return 0;
    }

    private double ReadFunction(string name)
    {
        var arguments = new List<double> { ReadOr() };
        while (Problem is null && Take(",")) arguments.Add(ReadOr());
        if (!Take(")")) Stop("')' expected");
        return name switch
        {
            "abs" => Math.Abs(arguments[0]),
            "min" => arguments.Min(),
            "max" => arguments.Max(),
            "int" => Math.Truncate(arguments[0]),
            _ => arguments[0],
        };
    }

    private bool Take(string sign)
    {
        SkipBlank();
        if (Problem is not null || string.CompareOrdinal(text, _place, sign, 0, sign.Length) != 0) return false;
        _place += sign.Length;
        return true;
    }

    private bool TakeWord(string word)
    {
        SkipBlank();
        var end = _place + word.Length;
        if (Problem is not null || string.CompareOrdinal(text, _place, word, 0, word.Length) != 0) return false;
        if (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_')) return false;
        _place = end;
        return true;
    }

    private void SkipBlank()
    {
        while (_place < text.Length && (char.IsWhiteSpace(text[_place]) || text[_place] == '\\')) _place++;
    }

    private void Stop(string problem)
    {
        Problem ??= problem;
        _place = text.Length;
    }
}
