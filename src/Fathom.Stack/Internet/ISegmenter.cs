using Fathom.Stack.Buffers;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>Cuts a packet that holds several segments of a transport into packets of one, for an interface that does not do it itself.</summary>
internal interface ISegmenter
{
    /// <summary>Makes the next packet.</summary>
    /// <param name="packet">The packet, from its IP header on; it stays as it is.</param>
    /// <param name="headerLength">Octets of IP headers in front of the transport's.</param>
    /// <param name="at">Octets of payload that were taken already; those taken now are added.</param>
    /// <param name="pool">Where the buffer comes from.</param>
    /// <returns>The packet; null after the last, or if the packet is none of this transport's.</returns>
    PacketBuffer? Next(PacketBuffer packet, int headerLength, ref int at, PacketPool pool);

    /// <summary>The protocol whose packets it cuts.</summary>
    IpProtocol Protocol { get; }
}
