using System.Buffers.Binary;
using Fathom.Wire.Link;

namespace Fathom.Wire.Dissection;

/// <summary>Where the network layer begins in link types without a protocol of their own in this library, and what it is.</summary>
internal static class LinkEnvelope
{
    /// <summary>Octets of a Linux cooked header, version 1 (LINKTYPE_LINUX_SLL).</summary>
    internal const int CookedLength = 16;

    /// <summary>Octets of a Linux cooked header, version 2 (LINKTYPE_LINUX_SLL2).</summary>
    internal const int CookedV2Length = 20;

    /// <summary>Octets of the address family before a loopback packet (LINKTYPE_NULL).</summary>
    internal const int FamilyLength = 4;

    /// <summary>More tags than any network stacks; a guard against frames made of nothing else.</summary>
    internal const int MaxVlanTags = 8;

    /// <summary>The type that the IP version nibble stands for; none if it is neither 4 nor 6.</summary>
    internal static EtherType TypeOfRawIp(ReadOnlySpan<byte> packet) => packet.IsEmpty
        ? EtherType.None
        : (packet[0] >> 4) switch { 4 => EtherType.Ipv4, 6 => EtherType.Ipv6, _ => EtherType.None };

    /// <summary>The type that a loopback address family stands for, whichever byte order wrote it; at least four octets.</summary>
    internal static EtherType TypeOfFamily(ReadOnlySpan<byte> frame)
    {
        var family = BinaryPrimitives.ReadUInt32BigEndian(frame);
        if (family > 0xFFFF) family = BinaryPrimitives.ReverseEndianness(family);
        return family switch
        {
            2 => EtherType.Ipv4, // AF_INET, the same everywhere
            10 or 24 or 28 or 30 => EtherType.Ipv6, // AF_INET6 of Linux, NetBSD and OpenBSD, FreeBSD, macOS
            _ => EtherType.None,
        };
    }

    /// <summary>The protocol field of a cooked header; values below 1,536 are not EtherTypes (802.3, LLC and others).</summary>
    internal static EtherType TypeOfCooked(ReadOnlySpan<byte> header, bool isVersion2)
    {
        var value = BinaryPrimitives.ReadUInt16BigEndian(header[(isVersion2 ? 0 : 14)..]);
        return value < TypeOrLength.MinType ? EtherType.None : (EtherType)value;
    }
}
