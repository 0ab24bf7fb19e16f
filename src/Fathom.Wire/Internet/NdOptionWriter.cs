using System.Buffers.Binary;
using Fathom.Wire.Link;

namespace Fathom.Wire.Internet;

/// <summary>Writes neighbor discovery options (RFC 4861 §4.6), each at the start of a span; each returns the octets written.</summary>
public static class NdOptionWriter
{
    /// <summary>Writes a link-layer address of Ethernet: 8 octets (RFC 2464 §6).</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="type">Source or target link-layer address.</param>
    /// <param name="address">The address.</param>
    public static int WriteLinkLayerAddress(Span<byte> destination, NdOptionType type, MacAddress address)
    {
        var length = Start(destination, type, 8);
        address.WriteTo(destination[2..]);
        return length;
    }

    /// <summary>Writes the link's MTU: 8 octets.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="mtu">The MTU in octets.</param>
    public static int WriteMtu(Span<byte> destination, uint mtu)
    {
        var length = Start(destination, NdOptionType.Mtu, 8);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], mtu);
        return length;
    }

    /// <summary>Writes prefix information: 32 octets.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="information">The values; the prefix is IPv6.</param>
    public static int WritePrefixInformation(Span<byte> destination, NdPrefixInformation information)
    {
        var length = Start(destination, NdOptionType.PrefixInformation, 32);
        destination[2] = information.PrefixLength;
        destination[3] = (byte)((information.OnLink ? 0x80 : 0) | (information.Autonomous ? 0x40 : 0));
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], information.ValidLifetime);
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], information.PreferredLifetime);
        information.Prefix.WriteTo(destination[16..]);
        return length;
    }

    /// <summary>Writes recursive DNS servers: 8 octets and 16 for each (RFC 8106 §5.1).</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="lifetime">Seconds; 0xFFFFFFFF means forever.</param>
    /// <param name="servers">One to 127 IPv6 addresses.</param>
    public static int WriteDnsServers(Span<byte> destination, uint lifetime, ReadOnlySpan<IpAddress> servers)
    {
        // The length octet counts words of eight: 1 + 2 for each server.
        if (servers.Length is < 1 or > 127) throw new ArgumentException("One to 127 servers fit.", nameof(servers));
        var length = Start(destination, NdOptionType.RecursiveDnsServer, 8 + (16 * servers.Length));
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], lifetime);
        for (var i = 0; i < servers.Length; i++) servers[i].WriteTo(destination[(8 + (16 * i))..]);
        return length;
    }

    /// <summary>Writes a nonce: 8 octets for one of six (RFC 7527 §4.1).</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="nonce">Six octets, or six and a multiple of eight.</param>
    public static int WriteNonce(Span<byte> destination, ReadOnlySpan<byte> nonce)
    {
        if (nonce.Length % 8 != 6) throw new ArgumentException("A nonce fills its option: 6, 14, 22 … octets.", nameof(nonce));
        var length = Start(destination, NdOptionType.Nonce, 2 + nonce.Length);
        nonce.CopyTo(destination[2..]);
        return length;
    }

    /// <summary>Writes the packet that causes a redirect: 8 octets and the packet, cut to a multiple of eight.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="packet">The start of the packet; at most 2,032 octets are used.</param>
    public static int WriteRedirectedHeader(Span<byte> destination, ReadOnlySpan<byte> packet)
    {
        // The length octet counts up to 255 words of eight, the first of which is the option's own.
        packet = packet[..(Math.Min(packet.Length, 254 * 8) & ~7)];
        var length = Start(destination, NdOptionType.RedirectedHeader, 8 + packet.Length);
        packet.CopyTo(destination[8..]);
        return length;
    }

    /// <summary>Writes a more specific route: 8, 16 or 24 octets (RFC 4191 §2.3).</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="route">The values; the prefix is IPv6, and as much of it is written as its length needs.</param>
    public static int WriteRouteInformation(Span<byte> destination, NdRouteInformation route)
    {
        var octets = route.PrefixLength switch { 0 => 0, <= 64 => 8, _ => 16 };
        var length = Start(destination, NdOptionType.RouteInformation, 8 + octets);
        destination[2] = route.PrefixLength;
        // RFC 4191 §2.1: two bits, signed; what is not known is written as reserved, which receivers ignore.
        destination[3] = (byte)(route.Preference switch { 0 => 0, 1 => 0x08, -1 => 0x18, _ => 0x10 });
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], route.Lifetime);
        Span<byte> prefix = stackalloc byte[16];
        route.Prefix.WriteTo(prefix);
        prefix[..octets].CopyTo(destination[8..]);
        return length;
    }

    /// <summary>Writes a DNS search list, padded to a multiple of eight (RFC 8106 §5.2).</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="lifetime">Seconds; 0xFFFFFFFF means forever.</param>
    /// <param name="names">Names in DNS wire form without compression, each with its final zero; 1 to 2,032 octets.</param>
    public static int WriteDnsSearchList(Span<byte> destination, uint lifetime, ReadOnlySpan<byte> names)
    {
        // The length octet counts up to 255 words of eight, the first of which is the option's own.
        if (names.Length is < 1 or > 254 * 8) throw new ArgumentException("One to 2,032 octets of names fit.", nameof(names));
        var length = Start(destination, NdOptionType.DnsSearchList, 8 + ((names.Length + 7) & ~7));
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], lifetime);
        names.CopyTo(destination[8..]);
        return length;
    }

    /// <summary>Writes the captive portal's address, padded to a multiple of eight (RFC 8910 §2.3).</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="uri">The URI in ASCII; up to 2,038 octets.</param>
    public static int WriteCaptivePortal(Span<byte> destination, ReadOnlySpan<byte> uri)
    {
        if (uri.Length is < 1 or > (255 * 8) - 2) throw new ArgumentException("One to 2,038 octets fit.", nameof(uri));
        var length = Start(destination, NdOptionType.CaptivePortal, (2 + uri.Length + 7) & ~7);
        uri.CopyTo(destination[2..]);
        return length;
    }

    /// <summary>Writes a NAT64 prefix: 16 octets (RFC 8781 §4).</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="prefix">An IPv6 prefix of 32, 40, 48, 56, 64 or 96 bits.</param>
    /// <param name="lifetime">Seconds, up to 65,528; written in units of eight, rounded up.</param>
    public static int WriteNat64Prefix(Span<byte> destination, IpPrefix prefix, ushort lifetime)
    {
        int code = prefix.Length switch
        {
            96 => 0,
            64 => 1,
            56 => 2,
            48 => 3,
            40 => 4,
            32 => 5,
            _ => throw new ArgumentException("A NAT64 prefix has 32, 40, 48, 56, 64 or 96 bits.", nameof(prefix)),
        };
        var length = Start(destination, NdOptionType.Nat64Prefix, 16);
        var scaled = Math.Min((lifetime + 7) / 8, 0x1FFF);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)((scaled << 3) | code));
        Span<byte> address = stackalloc byte[16];
        prefix.Address.WriteTo(address);
        address[..12].CopyTo(destination[4..]);
        return length;
    }

    private static int Start(Span<byte> destination, NdOptionType type, int length)
    {
        destination[..length].Clear();
        destination[0] = (byte)type;
        destination[1] = (byte)(length / 8);
        return length;
    }
}
