using System.Globalization;

namespace Fathom.Wire.Internet;

public readonly partial record struct IpPrefix
{
    /// <summary>Parses "192.0.2.0/24"; host bits must be zero, and the length must be there.</summary>
    /// <param name="text">The text.</param>
    /// <param name="prefix">The prefix, or the default.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out IpPrefix prefix) => TryParse(text, out prefix, out _);

    /// <summary>Parses "192.0.2.0/24"; host bits must be zero, and the length must be there.</summary>
    /// <param name="text">The text.</param>
    /// <param name="prefix">The prefix, or the default.</param>
    /// <param name="error">The first fault and its place, or the default.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out IpPrefix prefix, out AddressError error)
    {
        prefix = default;
        var slash = text.IndexOf('/');
        if (slash < 0)
        {
            error = IpAddress.TryParse(text, out _, out var fault) ? new AddressError(AddressErrorKind.PrefixLength, text.Length, "a prefix length is missing, as in 192.0.2.0/24") : fault;
            return false;
        }

        if (!IpAddress.TryParse(text[..slash], out var address, out error)) return false;
        if (address.Zone != 0)
        {
            error = new AddressError(AddressErrorKind.Zone, text.IndexOf('%'), "a prefix has no zone");
            return false;
        }

        if (!TryParseLength(text[(slash + 1)..], address.BitLength, out var length))
        {
            error = LengthFault(slash + 1, address.BitLength);
            return false;
        }

        var candidate = new IpPrefix(address, length);
        if (candidate.Address != address)
        {
            error = new AddressError(AddressErrorKind.HostBits, 0, $"bits behind the prefix length are set: the prefix of this length is {candidate}");
            return false;
        }

        prefix = candidate;
        return true;
    }

    /// <summary>
    /// Parses an interface's address with its prefix, "192.0.2.10/24", host bits and all. For IPv4 a netmask
    /// (255.255.255.0) or a wildcard mask (0.0.0.255) may stand in the length's place.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="address">The address, with its zone; or the default.</param>
    /// <param name="prefix">The prefix it is in, or the default.</param>
    /// <param name="error">The first fault and its place, or the default.</param>
    public static bool TryParseInterface(ReadOnlySpan<char> text, out IpAddress address, out IpPrefix prefix, out AddressError error)
    {
        prefix = default;
        address = default;
        var slash = text.IndexOf('/');
        if (slash < 0)
        {
            error = IpAddress.TryParse(text, out _, out var fault) ? new AddressError(AddressErrorKind.PrefixLength, text.Length, "a prefix length is missing, as in 192.0.2.10/24") : fault;
            return false;
        }

        if (!IpAddress.TryParse(text[..slash], out var parsed, out error)) return false;
        var behind = text[(slash + 1)..];
        if (!TryParseLength(behind, parsed.BitLength, out var length))
        {
            error = LengthFault(slash + 1, parsed.BitLength);
            if (!parsed.IsV4 || !behind.Contains('.')) return false;
            if (!IpAddress.TryParse(behind, out var mask, out var maskFault))
            {
                error = maskFault.Shift(slash + 1);
                return false;
            }

            if (!TryReadMask((uint)mask.Value, out length))
            {
                error = new AddressError(AddressErrorKind.Netmask, slash + 1, "not a netmask: its ones must all stand before its zeros (or, for a wildcard mask, behind them)");
                return false;
            }
        }

        error = default;
        address = parsed;
        prefix = new IpPrefix(parsed, length);
        return true;
    }

    private static bool TryParseLength(ReadOnlySpan<char> digits, int most, out int length)
    {
        length = 0;
        if (digits.Length > 1 && digits[0] == '0') return false;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out length) && length <= most;
    }

    private static AddressError LengthFault(int position, int most)
        => new(AddressErrorKind.PrefixLength, position, string.Create(CultureInfo.InvariantCulture, $"a prefix length is a number from 0 to {most}, without leading zeros"));

    // 0.0.0.0 and 255.255.255.255 are read as netmasks, as ipcalc(1) and ifconfig(8) do.
    private static bool TryReadMask(uint mask, out int length)
    {
        length = System.Numerics.BitOperations.PopCount(mask);
        if (mask == (uint)Mask(32, length)) return true;
        length = 32 - length;
        return ~mask == (uint)Mask(32, length);
    }
}
