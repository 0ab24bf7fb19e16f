namespace Fathom.Wire.Internet;

/// <summary>
/// An address prefix in CIDR form (RFC 4632): a network address, its host bits zero, and a length in bits.
/// The default value is 0.0.0.0/0.
/// </summary>
public readonly partial record struct IpPrefix : IComparable<IpPrefix>
{
    /// <summary>Makes the prefix; host bits of the address are cleared, and so is its zone.</summary>
    /// <param name="address">Any address in the prefix.</param>
    /// <param name="length">Bits, from 0 to 32 or 128.</param>
    public IpPrefix(IpAddress address, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, address.BitLength);
        Length = length;
        Address = Make(address.Version, address.Value & Mask(address.BitLength, length));
    }

    /// <summary>The first address of the prefix.</summary>
    public IpAddress Address { get; }

    /// <summary>The number of leading bits that all its addresses share.</summary>
    public int Length { get; }

    /// <summary>The protocol version.</summary>
    public IpVersion Version => Address.Version;

    /// <summary>Bits that differ among its addresses: it has two to the power of this many.</summary>
    public int HostBits => Address.BitLength - Length;

    /// <summary>True for 0.0.0.0/0 and ::/0, the default route's prefix.</summary>
    public bool IsDefault => Length == 0;

    /// <summary>The prefix of all addresses of a version, which a default route has: 0.0.0.0/0 or ::/0.</summary>
    /// <param name="version">The version.</param>
    public static IpPrefix Default(IpVersion version) => new(IpAddress.Any(version), 0);

    /// <summary>The last address of the prefix; for IPv4 the directed broadcast address, where the length is below 31.</summary>
    public IpAddress Last => Make(Version, Address.Value | HostMask(HostBits));

    /// <summary>True if the address is of the same version and has the same leading bits. Zones are not compared.</summary>
    /// <param name="address">The address.</param>
    public bool Contains(IpAddress address)
        => address.Version == Address.Version && (address.Value & Mask(address.BitLength, Length)) == Address.Value;

    /// <summary>True if every address of the other prefix is in this one.</summary>
    /// <param name="other">The other prefix.</param>
    public bool Contains(IpPrefix other) => other.Length >= Length && Contains(other.Address);

    /// <summary>True if they have an address in common; of two prefixes one then contains the other.</summary>
    /// <param name="other">The other prefix.</param>
    public bool Overlaps(IpPrefix other) => Contains(other) || other.Contains(this);

    /// <summary>Orders by address, IPv4 before IPv6, and a shorter prefix before the longer ones within it.</summary>
    /// <param name="other">The prefix to compare with.</param>
    public int CompareTo(IpPrefix other)
    {
        var c = Address.CompareTo(other.Address);
        return c == 0 ? Length.CompareTo(other.Length) : c;
    }

    /// <summary>See <see cref="CompareTo"/>.</summary>
    public static bool operator <(IpPrefix left, IpPrefix right) => left.CompareTo(right) < 0;

    /// <summary>See <see cref="CompareTo"/>.</summary>
    public static bool operator >(IpPrefix left, IpPrefix right) => left.CompareTo(right) > 0;

    /// <summary>See <see cref="CompareTo"/>.</summary>
    public static bool operator <=(IpPrefix left, IpPrefix right) => left.CompareTo(right) <= 0;

    /// <summary>See <see cref="CompareTo"/>.</summary>
    public static bool operator >=(IpPrefix left, IpPrefix right) => left.CompareTo(right) >= 0;

    /// <summary>The canonical text: "192.0.2.0/24".</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Address}/{Length}");

    /// <summary>An address of a version from its number.</summary>
    internal static IpAddress Make(IpVersion version, UInt128 value) => version == IpVersion.V6 ? IpAddress.FromV6(value) : IpAddress.FromV4((uint)value);

    /// <summary>The lowest bits set: "bits" of them, from 0 to 128. (A shift by 128 would shift by nothing.)</summary>
    internal static UInt128 HostMask(int bits) => bits == 0 ? 0 : UInt128.MaxValue >> (128 - bits);

    private static UInt128 Mask(int bits, int length) => HostMask(bits) & ~HostMask(bits - length);
}
