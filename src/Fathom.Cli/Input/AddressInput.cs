using Fathom.Wire;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Input;

/// <summary>An address as somebody wrote it: with a prefix or not, in its usual text or another notation.</summary>
/// <param name="Text">What was written.</param>
/// <param name="Address">The address, with the number of its zone where one was written.</param>
/// <param name="Prefix">The prefix that it is in, or null where no length was written.</param>
/// <param name="Notation">How the address was written.</param>
/// <param name="ZoneName">A zone that is a name ("eth0"), or null. Only the host that has the interface knows its number.</param>
internal sealed record AddressInput(string Text, IpAddress Address, IpPrefix? Prefix = null, AddressNotation Notation = AddressNotation.Usual, string? ZoneName = null)
{
    // IF_NAMESIZE is 16 on Linux; Windows has longer names.
    private const int LongestZone = 64;

    /// <summary>Reads it, or says why it is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="input">The address, or null.</param>
    /// <param name="problem">The reason for a person; empty where there is none.</param>
    public static bool TryRead(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out AddressInput? input, out string problem)
    {
        input = null;
        problem = string.Empty;
        if (IpAddress.TryParse(text, out var address))
        {
            input = new AddressInput(text, address);
            return true;
        }

        var bare = WithoutZoneName(text, out var zone);
        IpPrefix? prefix = null;
        var notation = AddressNotation.Usual;
        AddressError error;
        if (bare.Contains('/'))
        {
            if (IpPrefix.TryParseInterface(bare, out address, out var found, out error)) prefix = found;
        }
        else if (!IpAddress.TryParse(bare, out address, out error) && AddressNotations.TryRead(bare, out address, out notation) && notation != AddressNotation.Octal)
        {
            error = default;
        }

        if (error.IsError)
        {
            problem = notation == AddressNotation.Octal ? $"{error}; inet_aton(3) reads the whole as {address}" : error.ToString();
            return false;
        }

        if (zone is not null && !address.IsV6)
        {
            problem = $"only IPv6 addresses have zones (at character {text.IndexOf('%') + 1})";
            return false;
        }

        input = new AddressInput(text, address, prefix, notation, zone);
        return true;
    }

    // RFC 4007 §11.7: address, zone, prefix length, "fe80::1%eth0/64". A zone that is a number is read with the address.
    private static string WithoutZoneName(string text, out string? zone)
    {
        zone = null;
        var percent = text.IndexOf('%');
        if (percent < 0) return text;
        var slash = text.IndexOf('/', percent);
        var name = text[(percent + 1)..(slash < 0 ? text.Length : slash)];
        if (name.Length is 0 or > LongestZone || name.All(char.IsAsciiDigit) || name.Any(static c => c == '%' || char.IsWhiteSpace(c) || char.IsControl(c))) return text;
        zone = name;
        return text.Remove(percent, name.Length + 1);
    }
}
