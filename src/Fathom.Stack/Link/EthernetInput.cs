using Fathom.Stack.Buffers;
using Fathom.Wire.Link;

namespace Fathom.Stack.Link;

/// <summary>Opens Ethernet frames, and drops those that are not for this host.</summary>
internal static class EthernetInput
{
    /// <summary>Takes the header off.</summary>
    /// <param name="frame">The frame; the payload afterwards.</param>
    /// <param name="on">Where it came in.</param>
    /// <param name="type">What the payload is.</param>
    /// <param name="isToGroup">It was sent to several hosts of the link.</param>
    /// <returns>False if it is none of this host's, or no frame that it understands.</returns>
    public static bool TryOpen(PacketBuffer frame, NetworkInterface on, out EtherType type, out bool isToGroup)
    {
        type = default;
        isToGroup = false;
        if (!EthernetFrame.TryRead(frame.Span, out var view, out _))
        {
            on.Counters.InErrors++;
            return false;
        }

        isToGroup = view.Destination.IsGroup;
        type = view.EtherType;

        // A switch floods what it has no port for; a station looks away. No station sends from a group address (IEEE 802.3 §3.2.4), and our own frames are nobody else's.
        if ((!isToGroup && view.Destination != on.HardwareAddress) || view.Source.IsGroup || view.Source == on.HardwareAddress)
        {
            on.Counters.InDiscards++;
            return false;
        }

        if (type is not (EtherType.Ipv4 or EtherType.Ipv6 or EtherType.Arp))
        {
            on.Counters.InUnknownProtocols++;
            return false;
        }

        frame.TrimStart(EthernetFrame.HeaderLength);
        return true;
    }
}
