using System.Buffers.Binary;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;
using static Fathom.Hosts.Os.Linux.Native.SocketConstants;

namespace Fathom.Hosts.Os.Linux.Native;

/// <summary>struct sockaddr_in (16 octets) and struct sockaddr_in6 (28 octets): the family and the scope in host order, the rest in network order.</summary>
internal static class SocketAddress
{
    /// <summary>Octets that hold either.</summary>
    public const int MaximumLength = 28;

    private const int V4Length = 16;
    private const int V6Length = 28;

    public static int Family(IpVersion version) => version == IpVersion.V6 ? AF_INET6 : AF_INET;

    /// <summary>Writes the address and returns its length.</summary>
    public static int Write(Span<byte> destination, IpEndpoint endpoint)
    {
        var length = endpoint.Address.IsV6 ? V6Length : V4Length;
        destination[..length].Clear();
        HostOrder.WriteUInt16(destination, 0, (ushort)Family(endpoint.Address.Version));
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], endpoint.Port);
        if (endpoint.Address.IsV6)
        {
            endpoint.Address.WriteTo(destination[8..]);
            HostOrder.WriteUInt32(destination, 24, endpoint.Address.Zone);
        }
        else
        {
            endpoint.Address.WriteTo(destination[4..]);
        }

        return length;
    }

    /// <summary>Reads either; false for another family or too few octets.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out IpEndpoint endpoint)
    {
        endpoint = default;
        if (bytes.Length < 2) return false;
        switch (HostOrder.ReadUInt16(bytes, 0))
        {
            case AF_INET when bytes.Length >= V4Length:
                endpoint = new IpEndpoint(IpAddress.FromBytes(bytes.Slice(4, 4)), BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]));
                return true;
            case AF_INET6 when bytes.Length >= V6Length:
                var address = IpAddress.FromBytes(bytes.Slice(8, 16));
                endpoint = new IpEndpoint(Scoped(address, HostOrder.ReadUInt32(bytes, 24)), BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]));
                return true;
            default:
                return false;
        }
    }

    /// <summary>The address with its zone where it needs one (RFC 4007 §6: link-local addresses), without elsewhere, so that equal addresses compare equal.</summary>
    public static IpAddress Scoped(IpAddress address, uint interfaceIndex)
        => address.IsV6 && (address.IsLinkLocal || IsLinkLocalMulticast(address)) ? address.WithZone(interfaceIndex) : address.WithZone(0);

    // RFC 4291 §2.7: ff02::/16, the flags being any.
    private static bool IsLinkLocalMulticast(IpAddress address) => address.IsMulticast && ((uint)(address.Value >> 112) & 0xF) == 2;
}
