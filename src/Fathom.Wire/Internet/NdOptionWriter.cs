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

    private static int Start(Span<byte> destination, NdOptionType type, int length)
    {
        destination[..length].Clear();
        destination[0] = (byte)type;
        destination[1] = (byte)(length / 8);
        return length;
    }
}
