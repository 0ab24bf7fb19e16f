using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Fathom.Wire.Link;

namespace Fathom.Wire.Internet;

/// <summary>Makes and reads the low 64 bits of IPv6 addresses.</summary>
public static class InterfaceIdentifier
{
    private const ulong UniversalBit = 0x0200_0000_0000_0000;
    private static readonly UInt128 LinkLocal = (UInt128)0xFE80 << 112;

    /// <summary>The modified EUI-64 of a MAC address: ff-fe in the middle, the U/L bit inverted (RFC 4291 appendix A, RFC 2464 §4).</summary>
    /// <param name="mac">The MAC address.</param>
    public static ulong FromMac(MacAddress mac) => Eui64.FromMac(mac) ^ UniversalBit;

    /// <summary>The modified EUI-64 of an EUI-64: the U/L bit inverted (RFC 4291 appendix A).</summary>
    /// <param name="eui">The 64 bits.</param>
    public static ulong FromEui64(ulong eui) => eui ^ UniversalBit;

    /// <summary>The MAC address that an interface identifier was made of; see the overload for what that proves.</summary>
    /// <param name="identifier">The identifier, the low 64 bits of an address.</param>
    /// <param name="mac">The MAC address, or the default.</param>
    public static bool TryGetMac(ulong identifier, out MacAddress mac) => Eui64.TryGetMac(identifier ^ UniversalBit, out mac);

    /// <summary>
    /// The MAC address that an interface identifier was made of. That the octets ff-fe stand in the middle does not prove it: a
    /// random identifier has them once in 65,536.
    /// </summary>
    /// <param name="address">The address.</param>
    /// <param name="mac">The MAC address, or the default.</param>
    public static bool TryGetMac(IpAddress address, out MacAddress mac)
    {
        mac = default;
        return address.IsV6 && !address.IsMulticast && Eui64.TryGetMac((ulong)address.Value ^ UniversalBit, out mac);
    }

    /// <summary>The address that stateless autoconfiguration makes of a /64 and a MAC address (RFC 4862 §5.5.3).</summary>
    /// <param name="prefix">An IPv6 prefix of 64 bits.</param>
    /// <param name="mac">The MAC address.</param>
    public static IpAddress Slaac(IpPrefix prefix, MacAddress mac) => Join(prefix, FromMac(mac));

    /// <summary>The link-local address of a MAC address (RFC 4862 §5.3), without a zone.</summary>
    /// <param name="mac">The MAC address.</param>
    public static IpAddress LinkLocalOf(MacAddress mac) => LinkLocalOf(FromMac(mac));

    /// <summary>The link-local address of an interface identifier (RFC 4862 §5.3), without a zone.</summary>
    /// <param name="identifier">The identifier.</param>
    public static IpAddress LinkLocalOf(ulong identifier) => IpAddress.FromV6(LinkLocal | identifier);

    /// <summary>
    /// A stable address that tells nothing of the hardware and differs from network to network (RFC 7217 §5): the low 64 bits of
    /// SHA-256 over prefix (8 octets), interface name, network id, counter (1 octet) and secret. RFC 7217 leaves the function and the
    /// encoding to the implementation, so that another system's addresses cannot be computed here.
    /// </summary>
    /// <param name="prefix">An IPv6 prefix of 64 bits.</param>
    /// <param name="interfaceName">Net_Iface: what tells the host's interfaces apart.</param>
    /// <param name="networkId">Network_ID: what tells networks with one prefix apart, such as an SSID; may be empty.</param>
    /// <param name="duplicates">DAD_Counter: how often an address made so was found in use.</param>
    /// <param name="secret">The secret key, at least 16 octets (RFC 7217 §5: 128 bits).</param>
    public static IpAddress StablePrivacy(IpPrefix prefix, string interfaceName, string networkId, byte duplicates, ReadOnlySpan<byte> secret)
    {
        ArgumentNullException.ThrowIfNull(interfaceName);
        ArgumentNullException.ThrowIfNull(networkId);
        ArgumentOutOfRangeException.ThrowIfLessThan(secret.Length, 16);
        Span<byte> prefixOctets = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(prefixOctets, (ulong)(prefix.Address.Value >> 64));
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        while (true)
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(prefixOctets);
            hash.AppendData(Encoding.UTF8.GetBytes(interfaceName));
            hash.AppendData(Encoding.UTF8.GetBytes(networkId));
            hash.AppendData([duplicates]);
            hash.AppendData(secret);
            hash.GetHashAndReset(digest);
            // "the least significant bits" of the result (§5 step 2).
            var identifier = BinaryPrimitives.ReadUInt64BigEndian(digest[^8..]);
            if (!IsReserved(identifier)) return Join(prefix, identifier);
            duplicates++; // §5 step 3: an identifier that is reserved counts as a duplicate
        }
    }

    /// <summary>Identifiers that no host may take (RFC 5453): subnet-router anycast, proxy mobile IPv6, and subnet anycast (RFC 2526).</summary>
    /// <param name="identifier">The identifier.</param>
    public static bool IsReserved(ulong identifier) => identifier == 0
        || identifier >> 24 == 0x0200_5EFF_FE00_0000 >> 24
        || identifier >> 7 == 0xFDFF_FFFF_FFFF_FF80 >> 7;

    private static IpAddress Join(IpPrefix prefix, ulong identifier) => prefix is { Version: IpVersion.V6, Length: 64 }
        ? IpAddress.FromV6(prefix.Address.Value | identifier)
        : throw new ArgumentException("An interface identifier of 64 bits needs an IPv6 prefix of 64 bits.", nameof(prefix));
}
