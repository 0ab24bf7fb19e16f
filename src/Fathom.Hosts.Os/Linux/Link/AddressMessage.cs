using Fathom.Hosts.Link;
using Fathom.Hosts.Os.Linux.Native;
using Fathom.Hosts.Os.Linux.Netlink;
using Fathom.Wire.Internet;

namespace Fathom.Hosts.Os.Linux.Link;

/// <summary>Reads RTM_NEWADDR: struct ifaddrmsg { u8 family; u8 prefixLength; u8 flags; u8 scope; u32 index; } and attributes.</summary>
internal static class AddressMessage
{
    public const int HeaderLength = 8;
    private const ushort IFA_ADDRESS = 1;
    private const ushort IFA_LOCAL = 2;
    private const ushort IFA_FLAGS = 8;
    private const uint IFA_F_DADFAILED = 0x08;
    private const uint IFA_F_DEPRECATED = 0x20;
    private const uint IFA_F_TENTATIVE = 0x40;
    private const uint IFA_F_OPTIMISTIC = 0x04; // RFC 4429: tentative, and usable

    /// <summary>The address, or null where the message holds none of IPv4 or IPv6.</summary>
    public static InterfaceAddress? Read(ReadOnlySpan<byte> body, out int index)
    {
        index = 0;
        if (body.Length < HeaderLength) return null;
        var prefixLength = body[1];
        uint flags = body[2];
        index = HostOrder.ReadInt32(body, 4);
        IpAddress? address = null;
        IpAddress? local = null;
        var attributes = new NetlinkAttributes(body[HeaderLength..]);
        while (attributes.MoveNext())
        {
            switch (attributes.Type)
            {
                case IFA_ADDRESS:
                    address = ReadIp(attributes.Data);
                    break;
                case IFA_LOCAL:
                    local = ReadIp(attributes.Data);
                    break;
                case IFA_FLAGS when attributes.Data.Length >= 4:
                    flags = attributes.UInt32; // 32 bits of them; the header has the low eight
                    break;
            }
        }

        // On a point-to-point link IFA_ADDRESS is the peer's, and IFA_LOCAL ours.
        var own = local ?? address;
        if (own is not { } value || prefixLength > value.BitLength) return null;
        return new InterfaceAddress(SocketAddress.Scoped(value, (uint)index), prefixLength, StateOf(flags));
    }

    private static InterfaceAddressState StateOf(uint flags)
    {
        if ((flags & IFA_F_DADFAILED) != 0) return InterfaceAddressState.Duplicate;
        if ((flags & IFA_F_TENTATIVE) != 0 && (flags & IFA_F_OPTIMISTIC) == 0) return InterfaceAddressState.Tentative;
        return (flags & IFA_F_DEPRECATED) != 0 ? InterfaceAddressState.Deprecated : InterfaceAddressState.Preferred;
    }

    private static IpAddress? ReadIp(ReadOnlySpan<byte> data) => data.Length is 4 or 16 ? IpAddress.FromBytes(data) : null;
}
