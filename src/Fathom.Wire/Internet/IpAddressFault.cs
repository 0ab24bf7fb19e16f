using System.Globalization;

namespace Fathom.Wire.Internet;

/// <summary>
/// Finds out why text is not an address. <see cref="IpAddress.TryParse(ReadOnlySpan{char}, out IpAddress)"/> is fast and says only
/// yes or no; this reads the text again, from left to right, and names the first fault. A test holds the two together.
/// </summary>
internal static class IpAddressFault
{
    private const int Octets = 4;
    private const int Groups = 8;

    public static AddressError Find(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return new AddressError(AddressErrorKind.Empty, 0, "no address was given");
        if (text[0] == '[') return new AddressError(AddressErrorKind.IllegalCharacter, 0, "brackets belong to URLs and endpoints, not to the address");
        return text.Contains(':') ? FindV6(text) : FindV4(text, 0);
    }

    private static AddressError FindV4(ReadOnlySpan<char> text, int from)
    {
        var start = 0;
        for (var part = 1; ; part++)
        {
            if (part > Octets) return At(AddressErrorKind.TooManyParts, start, "an IPv4 address has four octets, and here is a fifth");
            var end = start;
            var isHexadecimal = text[start..] is ['0', 'x' or 'X', ..];
            if (isHexadecimal) return At(AddressErrorKind.Hexadecimal, start, Invariant($"octet {part} is hexadecimal, which only some programs read; write it in decimal"));
            while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
            if (end < text.Length && text[end] != '.') return At(AddressErrorKind.IllegalCharacter, end, Illegal(text[end]));
            if (end == start) return At(AddressErrorKind.EmptyPart, start, Invariant($"octet {part} is empty"));
            if (FindOctet(text[start..end], part) is { } fault) return At(fault.Kind, start, fault.Detail);
            if (end == text.Length)
            {
                return part == Octets
                    ? default
                    : At(AddressErrorKind.TooFewParts, end, Invariant($"an IPv4 address has four octets, and here {(part == 1 ? "is 1" : Invariant($"are {part}"))}"));
            }

            start = end + 1;
        }

        AddressError At(AddressErrorKind kind, int position, string detail) => new(kind, from + position, detail);
    }

    private static (AddressErrorKind Kind, string Detail)? FindOctet(ReadOnlySpan<char> digits, int part)
    {
        var trimmed = digits.TrimStart('0');
        if (digits.Length > 1 && digits[0] == '0') return (AddressErrorKind.LeadingZero, Invariant($"octet {part} begins with a zero{BothReadings(digits)}; write it without"));
        return trimmed.Length > 3 || (trimmed.Length == 3 && int.Parse(trimmed, CultureInfo.InvariantCulture) > 255)
            ? (AddressErrorKind.OutOfRange, trimmed.Length > 9 ? Invariant($"octet {part} is larger than 255") : Invariant($"octet {part} is {trimmed.ToString()}, and an octet is at most 255"))
            : null;
    }

    // "010" is 8 for inet_aton(3) and 10 for others. Digits beyond those an octet can have are not read out.
    private static string BothReadings(ReadOnlySpan<char> digits)
    {
        var trimmed = digits.TrimStart('0');
        if (trimmed.Length is 0 or > 3) return string.Empty;
        var octal = 0;
        foreach (var c in trimmed)
        {
            if (c > '7') return ", which marks octal for some readers, and these digits are not octal";
            octal = (octal * 8) + (c - '0');
        }

        return Invariant($": {octal} for readers that take it for octal, {trimmed.ToString()} for others");
    }

    private static AddressError FindV6(ReadOnlySpan<char> text)
    {
        var percent = text.IndexOf('%');
        var body = percent < 0 ? text : text[..percent];
        if (FindGroups(body) is { IsError: true } fault) return fault;
        if (percent < 0) return default;
        var zone = text[(percent + 1)..];
        if (zone.IsEmpty) return new AddressError(AddressErrorKind.Zone, percent, "nothing follows the percent sign of the zone");
        for (var i = 0; i < zone.Length; i++)
        {
            if (!char.IsAsciiDigit(zone[i])) return new AddressError(AddressErrorKind.Zone, percent + 1 + i, "the zone is a name; only the host that has the interface knows its number");
        }

        if (zone[0] == '0') return new AddressError(AddressErrorKind.Zone, percent + 1, "a zone's number has no leading zero, and zone 0 is written by leaving it out");
        return uint.TryParse(zone, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? default
            : new AddressError(AddressErrorKind.Zone, percent + 1, "the zone's number does not fit into 32 bits");
    }

    private static AddressError FindGroups(ReadOnlySpan<char> text)
    {
        int groups = 0, gap = -1, at = 0;
        if (text is [':', not ':', ..] or [':']) return new AddressError(AddressErrorKind.EmptyPart, 0, "a single colon cannot begin an address");
        while (at < text.Length)
        {
            if (text[at..] is [':', ':', ..])
            {
                if (gap >= 0) return new AddressError(AddressErrorKind.SecondGap, at, "'::' stands twice, so that nobody can tell how many zeros each is");
                gap = at;
                at += 2;
                if (at < text.Length && text[at] == ':') return new AddressError(AddressErrorKind.EmptyPart, at, "three colons in a row");
                continue;
            }

            if (text[at] == ':') at++; // a separator behind a group
            var end = at;
            while (end < text.Length && char.IsAsciiHexDigit(text[end])) end++;
            if (end < text.Length && text[end] == '.') return FindTail(text, at, groups, gap);
            if (end < text.Length && text[end] != ':') return new AddressError(AddressErrorKind.IllegalCharacter, end, Illegal(text[end]));
            if (end == at) return new AddressError(AddressErrorKind.EmptyPart, at, "a single colon cannot end an address");
            if (end - at > 4) return new AddressError(AddressErrorKind.OutOfRange, at, "a group has at most four hexadecimal digits");
            if (++groups > Groups) return new AddressError(AddressErrorKind.TooManyParts, at, "an IPv6 address has eight groups, and here is a ninth");
            at = end;
        }

        return Count(text, groups, gap);
    }

    private static AddressError FindTail(ReadOnlySpan<char> text, int at, int groups, int gap)
    {
        if (text[at..].Contains(':')) return new AddressError(AddressErrorKind.IllegalCharacter, at + text[at..].IndexOf('.'), "dotted decimal can only be the last part");
        if (FindV4(text[at..], at) is { IsError: true } fault) return fault;
        return groups + 2 > Groups
            ? new AddressError(AddressErrorKind.TooManyParts, at, "dotted decimal stands for two groups, and there is room for one or none")
            : Count(text, groups + 2, gap);
    }

    private static AddressError Count(ReadOnlySpan<char> text, int groups, int gap)
    {
        if (gap >= 0) return groups < Groups ? default : new AddressError(AddressErrorKind.GapWithoutRoom, gap, "'::' stands for at least one group, and all eight are there");
        return groups == Groups
            ? default
            : new AddressError(AddressErrorKind.TooFewParts, text.Length, Invariant($"an IPv6 address has eight groups unless '::' stands for zeros, and here {(groups == 1 ? "is 1" : Invariant($"are {groups}"))}"));
    }

    private static string Illegal(char c) => c switch
    {
        '/' => "a slash begins a prefix length, and only an address was expected",
        '%' => "only IPv6 addresses have zones",
        '-' or '+' => "a sign cannot stand in an address",
        _ when char.IsWhiteSpace(c) => "a blank cannot stand in an address",
        _ when char.IsAsciiLetter(c) => "a letter cannot stand here; a host name must be resolved first",
        _ when char.IsDigit(c) => "a digit that is not one of 0 to 9",
        _ => "a character that cannot stand in an address",
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
