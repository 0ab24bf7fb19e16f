using System.Globalization;

namespace Fathom.Wire.Application.Cookies;

/// <summary>Reads dates as cookies carry them (RFC 6265bis §5.1.1): in nearly any order and dress.</summary>
public static class CookieDate
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>Reads a date; a time zone in it is ignored, all is UTC.</summary>
    /// <param name="text">The text.</param>
    /// <param name="date">The date, or the default.</param>
    /// <returns>False when time, day, month or year is missing or out of range, or no such day exists.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset date)
    {
        date = default;
        int hour = -1, minute = 0, second = 0, day = -1, month = -1, year = -1;
        while (!text.IsEmpty)
        {
            var end = 0;
            while (end < text.Length && !IsDelimiter(text[end])) end++;
            var token = text[..end];
            text = text[Math.Min(end + 1, text.Length)..];
            if (token.IsEmpty) continue;

            // Step 2: each token is tried as time, day, month, year, in this order, each of which is found once.
            if (hour < 0 && TryTime(token, out var h, out var m, out var s)) (hour, minute, second) = (h, m, s);
            else if (day < 0 && TryNumber(token, 1, 2, out var d)) day = d;
            else if (month < 0 && TryMonth(token, out var n)) month = n;
            else if (year < 0 && TryNumber(token, 2, 4, out var y)) year = y;
        }

        // Steps 3 and 4: two digits mean 1970 to 2069.
        if (year is >= 70 and <= 99) year += 1900;
        else if (year is >= 0 and <= 69) year += 2000;

        // Step 5.
        if (hour is < 0 or > 23 || minute > 59 || second > 59 || day is < 1 or > 31 || month < 0 || year < 1601) return false;

        // Step 6: the day must exist.
        if (day > DateTime.DaysInMonth(year, month)) return false;
        date = new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero);
        return true;
    }

    // delimiter = %x09 / %x20-2F / %x3B-40 / %x5B-60 / %x7B-7E
    private static bool IsDelimiter(char c) => c is '\t' or (>= ' ' and <= '/') or (>= ';' and <= '@') or (>= '[' and <= '`') or (>= '{' and <= '~');

    // time = hms-time [ non-digit *OCTET ]; hms-time = time-field ":" time-field ":" time-field; time-field = 1*2DIGIT
    private static bool TryTime(ReadOnlySpan<char> token, out int hour, out int minute, out int second)
    {
        hour = minute = second = 0;
        var first = token.IndexOf(':');
        if (first < 0 || !TryWhole(token[..first], out hour)) return false;
        token = token[(first + 1)..];
        var next = token.IndexOf(':');
        return next >= 0 && TryWhole(token[..next], out minute) && TryNumber(token[(next + 1)..], 1, 2, out second);
    }

    private static bool TryWhole(ReadOnlySpan<char> digits, out int number)
    {
        number = 0;
        return digits.Length is 1 or 2 && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    // minimum*maximumDIGIT [ non-digit *OCTET ]
    private static bool TryNumber(ReadOnlySpan<char> token, int minimum, int maximum, out int number)
    {
        number = 0;
        var digits = 0;
        while (digits < token.Length && char.IsAsciiDigit(token[digits]))
        {
            if (digits == maximum) return false;
            number = (number * 10) + (token[digits++] - '0');
        }

        return digits >= minimum;
    }

    // month = ( "jan" / … / "dec" ) *OCTET, in any case
    private static bool TryMonth(ReadOnlySpan<char> token, out int month)
    {
        month = -1;
        if (token.Length < 3) return false;
        for (var i = 0; i < Months.Length; i++)
        {
            if (token[..3].Equals(Months[i], StringComparison.OrdinalIgnoreCase)) month = i + 1;
        }

        return month > 0;
    }
}
