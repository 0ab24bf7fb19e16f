namespace Fathom.Wire.Internet;

/// <summary>An IPv4 address inside an IPv6 one.</summary>
/// <param name="Kind">How it was put there.</param>
/// <param name="Address">The IPv4 address. Teredo: the client's public one.</param>
public sealed record EmbeddedV4(EmbeddedV4Kind Kind, IpAddress Address)
{
    private const int SixToFour = 0x2002;

    // RFC 6052 §2.2: where an IPv4 address may begin, and octet 8 (bits 64 to 71) is always zero.
    private static readonly int[] Nat64Lengths = [32, 40, 48, 56, 64, 96];
    private static readonly IpPrefix WellKnownNat64 = new(IpAddress.Parse("64:ff9b::"), 96);
    private static readonly IpPrefix Teredo = new(IpAddress.Parse("2001::"), 32);

    /// <summary>Teredo: the server's address, the client's public port, and whether it is behind a cone NAT; null for others.</summary>
    public TeredoFacts? TeredoFacts { get; private init; }

    /// <summary>The prefix lengths that NAT64 may have.</summary>
    public static IReadOnlyList<int> Nat64PrefixLengths => Nat64Lengths;

    /// <summary>Finds the IPv4 address in an IPv6 one by the prefixes that are the same everywhere; null where there is none.</summary>
    /// <param name="address">The address.</param>
    public static EmbeddedV4? Find(IpAddress address)
    {
        if (!address.IsV6) return null;
        var value = address.Value;
        if (address.IsV4Mapped) return new EmbeddedV4(EmbeddedV4Kind.Mapped, IpAddress.FromV4((uint)value));
        if (value >> 112 == SixToFour) return new EmbeddedV4(EmbeddedV4Kind.SixToFour, IpAddress.FromV4((uint)(value >> 80)));
        if (WellKnownNat64.Contains(address)) return new EmbeddedV4(EmbeddedV4Kind.Nat64, IpAddress.FromV4((uint)value));
        if (!Teredo.Contains(address)) return null;
        // RFC 4380 §4: prefix, server, flags, then port and client with every bit inverted, against NATs that rewrite addresses they see.
        var facts = new TeredoFacts(IpAddress.FromV4((uint)(value >> 64)), (ushort)~(ushort)(value >> 32), ((ushort)(value >> 48) & 0x8000) != 0);
        return new EmbeddedV4(EmbeddedV4Kind.Teredo, IpAddress.FromV4(~(uint)value)) { TeredoFacts = facts };
    }

    /// <summary>The 6to4 prefix of an IPv4 address (RFC 3056 §2).</summary>
    /// <param name="address">A global IPv4 address.</param>
    public static IpPrefix SixToFourPrefix(IpAddress address)
        => new(IpAddress.FromV6(((UInt128)SixToFour << 112) | (Number(address) << 80)), 48);

    /// <summary>The IPv4-mapped address (RFC 4291 §2.5.5.2).</summary>
    /// <param name="address">An IPv4 address.</param>
    public static IpAddress Map(IpAddress address) => IpAddress.FromV6(((UInt128)0xFFFF << 32) | Number(address));

    /// <summary>The IPv6 address by which NAT64 reaches an IPv4 one (RFC 6052 §2.2).</summary>
    /// <param name="prefix">64:ff9b::/96, or the network's own, of one of <see cref="Nat64PrefixLengths"/>.</param>
    /// <param name="address">The IPv4 address.</param>
    public static IpAddress ToNat64(IpPrefix prefix, IpAddress address)
    {
        CheckNat64(prefix);
        var v4 = Number(address);
        if (prefix.Length == 96) return IpAddress.FromV6(prefix.Address.Value | v4);
        var before = Math.Min(32, 64 - prefix.Length); // bits of it before the zero octet
        var high = before == 0 ? 0 : v4 >> (32 - before) << 64;
        var behind = 32 - before;
        var low = behind == 0 ? 0 : (v4 & IpPrefix.HostMask(behind)) << (56 - behind);
        return IpAddress.FromV6(prefix.Address.Value | high | low);
    }

    /// <summary>The IPv4 address in a NAT64 one; null where the address is not in the prefix or its octet 8 is not zero.</summary>
    /// <param name="prefix">The network's NAT64 prefix.</param>
    /// <param name="address">The IPv6 address.</param>
    public static IpAddress? FromNat64(IpPrefix prefix, IpAddress address)
    {
        CheckNat64(prefix);
        if (!prefix.Contains(address)) return null;
        var value = address.Value;
        if (prefix.Length == 96) return IpAddress.FromV4((uint)value);
        if ((byte)(value >> 56) != 0) return null;
        var before = Math.Min(32, 64 - prefix.Length);
        var behind = 32 - before;
        var high = before == 0 ? 0 : (value >> 64) & IpPrefix.HostMask(before);
        var low = behind == 0 ? 0 : (value >> (56 - behind)) & IpPrefix.HostMask(behind);
        return IpAddress.FromV4((uint)((high << behind) | low));
    }

    private static UInt128 Number(IpAddress address) => address.IsV4 ? address.Value : throw new ArgumentException("An IPv4 address is embedded.", nameof(address));

    private static void CheckNat64(IpPrefix prefix)
    {
        if (prefix.Version != IpVersion.V6 || !Nat64Lengths.Contains(prefix.Length)) throw new ArgumentException("A NAT64 prefix has 32, 40, 48, 56, 64 or 96 bits (RFC 6052 §2.2).", nameof(prefix));
    }
}
