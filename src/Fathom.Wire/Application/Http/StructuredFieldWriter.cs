using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Fathom.Wire.Application.Http;

/// <summary>The algorithms of RFC 9651 §4.1. Each writes, and answers whether it could.</summary>
internal sealed class StructuredFieldWriter
{
    private const long LargestInteger = 999_999_999_999_999;
    private const decimal LargestDecimal = 999_999_999_999.999m;

    private readonly StringBuilder _text = new();

    public bool Finish(bool written, [NotNullWhen(true)] out string? text)
    {
        text = written ? _text.ToString() : null;
        return written;
    }

    public bool Write(IReadOnlyList<StructuredMember> members)
    {
        for (var i = 0; i < members.Count; i++)
        {
            if (i > 0) _text.Append(", ");
            if (!Write(members[i])) return false;
        }

        return true;
    }

    public bool Write(IReadOnlyList<KeyValuePair<string, StructuredMember>> members)
    {
        for (var i = 0; i < members.Count; i++)
        {
            if (i > 0) _text.Append(", ");
            var (key, member) = members[i];
            if (!WriteKey(key)) return false;
            if (member is StructuredItem { Value: StructuredValue.Boolean { Value: true } } item)
            {
                if (!WriteParameters(item.Parameters)) return false;
                continue;
            }

            _text.Append('=');
            if (!Write(member)) return false;
        }

        return true;
    }

    public bool Write(StructuredMember member)
    {
        if (member is StructuredItem item) return WriteValue(item.Value) && WriteParameters(item.Parameters);
        if (member is not StructuredInnerList list) return false;
        _text.Append('(');
        for (var i = 0; i < list.Items.Count; i++)
        {
            if (i > 0) _text.Append(' ');
            if (!Write(list.Items[i])) return false;
        }

        _text.Append(')');
        return WriteParameters(list.Parameters);
    }

    private bool WriteParameters(IReadOnlyList<KeyValuePair<string, StructuredValue>> parameters)
    {
        foreach (var (key, value) in parameters)
        {
            _text.Append(';');
            if (!WriteKey(key)) return false;
            if (value is StructuredValue.Boolean { Value: true }) continue;
            _text.Append('=');
            if (!WriteValue(value)) return false;
        }

        return true;
    }

    // §4.1.1.3.
    private bool WriteKey(string key)
    {
        if (key.Length == 0 || !(char.IsAsciiLetterLower(key[0]) || key[0] == '*')) return false;
        foreach (var c in key)
        {
            if (!(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-' or '.' or '*')) return false;
        }

        _text.Append(key);
        return true;
    }

    private bool WriteValue(StructuredValue value) => value switch
    {
        StructuredValue.Integer integer => WriteInteger(integer.Value),
        StructuredValue.Decimal number => WriteDecimal(number.Value),
        StructuredValue.String text => WriteString(text.Value),
        StructuredValue.Token token => WriteToken(token.Value),
        StructuredValue.Binary binary => Append($":{Convert.ToBase64String(binary.Value.Span)}:"),
        StructuredValue.Boolean boolean => Append(boolean.Value ? "?1" : "?0"),
        StructuredValue.Date date => Append("@") && WriteInteger(date.Seconds),
        StructuredValue.DisplayString text => WriteDisplayString(text.Value),
        _ => false,
    };

    private bool WriteInteger(long value)
    {
        if (value is < -LargestInteger or > LargestInteger) return false;
        return Append(value.ToString(CultureInfo.InvariantCulture));
    }

    // §4.1.5: rounded to three digits, half to even; at least one digit after the point.
    private bool WriteDecimal(decimal value)
    {
        var rounded = Math.Round(value, 3, MidpointRounding.ToEven);
        if (rounded is < -LargestDecimal or > LargestDecimal) return false;
        return Append(rounded.ToString("0.0##", CultureInfo.InvariantCulture));
    }

    private bool WriteString(string value)
    {
        _text.Append('"');
        foreach (var c in value)
        {
            if (c is < ' ' or > '~') return false;
            if (c is '"' or '\\') _text.Append('\\');
            _text.Append(c);
        }

        return Append("\"");
    }

    private bool WriteToken(string value)
    {
        if (value.Length == 0 || !(char.IsAsciiLetter(value[0]) || value[0] == '*')) return false;
        foreach (var c in value)
        {
            if (!HttpSyntax.IsToken([c]) && c is not (':' or '/')) return false;
        }

        return Append(value);
    }

    // §4.1.11. A lone surrogate has no UTF-8 form.
    private bool WriteDisplayString(string value)
    {
        _text.Append("%\"");
        Span<byte> octets = stackalloc byte[4];
        foreach (var rune in value.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar && !value.Contains('\uFFFD', StringComparison.Ordinal)) return false;
            foreach (var octet in octets[..rune.EncodeToUtf8(octets)])
            {
                if (octet is (byte)'%' or (byte)'"' or < 0x20 or > 0x7E) _text.Append(CultureInfo.InvariantCulture, $"%{octet:x2}");
                else _text.Append((char)octet);
            }
        }

        return Append("\"");
    }

    private bool Append(string text)
    {
        _text.Append(text);
        return true;
    }
}
