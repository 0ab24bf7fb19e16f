using System.Globalization;

namespace Fathom.Wire.Internet;

/// <summary>An address prefix in CIDR form (RFC 4632): a network address, its host bits zero, and a length in bits.</summary>
public readonly record struct IpPrefix
{
    /// <summary>Makes the prefix; host bits of the address are cleared, and so is its zone.</summary>
    /// <param name="address">Any address in the prefix.</param>
    /// <param name="length">Bits, from 0 to 32 or 128.</param>
    public IpPrefix(IpAddress address, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, address.BitLength);
        Length = length;
        var value = address.Value & Mask(address.BitLength, length);
        Address = address.IsV6 ? IpAddress.FromV6(value) : IpAddress.FromV4((uint)value);
    }

    /// <summary>The first address of the prefix.</summary>
    public IpAddress Address { get; }

    /// <summary>The number of leading bits that all its addresses share.</summary>
    public int Length { get; }

    /// <summary>True for 0.0.0.0/0 and ::/0, the default route's prefix.</summary>
    public bool IsDefault => Length == 0;

    /// <summary>The last address of the prefix; for IPv4 the directed broadcast address, where the length is below 31.</summary>
    public IpAddress Last
    {
        get
        {
            var value = Address.Value | (~Mask(Address.BitLength, Length) & AllOnes(Address.BitLength));
            return Address.IsV6 ? IpAddress.FromV6(value) : IpAddress.FromV4((uint)value);
        }
    }

    /// <summary>True if the address is of the same version and has the same leading bits. Zones are not compared.</summary>
    /// <param name="address">The address.</param>
    public bool Contains(IpAddress address)
        => address.Version == Address.Version && (address.Value & Mask(address.BitLength, Length)) == Address.Value;

    /// <summary>Parses "192.0.2.0/24"; host bits must be zero, and the length must be there.</summary>
    /// <param name="text">The text.</param>
    /// <param name="prefix">The prefix, or the default.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out IpPrefix prefix)
    {
        prefix = default;
        var slash = text.IndexOf('/');
        if (slash < 0 || !IpAddress.TryParse(text[..slash], out var address)) return false;
        var digits = text[(slash + 1)..];
        if (digits.Length > 1 && digits[0] == '0') return false;
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > address.BitLength) return false;
        var candidate = new IpPrefix(address, length);
        if (candidate.Address != address) return false;
        prefix = candidate;
        return true;
    }

    /// <summary>The canonical text: "192.0.2.0/24".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Address}/{Length}");

    private static UInt128 AllOnes(int bits) => bits == 128 ? UInt128.MaxValue : uint.MaxValue;

    private static UInt128 Mask(int bits, int length)
        => length == 0 ? 0 : AllOnes(bits) & (UInt128.MaxValue << (bits - length));
}
