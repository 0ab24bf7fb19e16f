using Fathom.Wire.Link;

namespace Fathom.Wire.Dissection;

/// <summary>What the readers of frames share: the limit of VLAN tags, and what a packet without a link header is.</summary>
internal static class LinkEnvelope
{
    /// <summary>More tags than any network stacks; a guard against frames made of nothing else.</summary>
    internal const int MaxVlanTags = 8;

    /// <summary>The type that the IP version nibble stands for; none if it is neither 4 nor 6.</summary>
    internal static EtherType TypeOfRawIp(ReadOnlySpan<byte> packet) => packet.IsEmpty
        ? EtherType.None
        : (packet[0] >> 4) switch { 4 => EtherType.Ipv4, 6 => EtherType.Ipv6, _ => EtherType.None };
}
