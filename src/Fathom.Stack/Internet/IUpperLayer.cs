using Fathom.Stack.Buffers;

namespace Fathom.Stack.Internet;

/// <summary>A protocol above IP: what the internet layer hands packets to.</summary>
internal interface IUpperLayer
{
    /// <summary>Takes a packet for this host.</summary>
    /// <param name="segment">From the upper layer's header on, cut to the packet's own length. Only lent: the internet layer returns it to the pool.</param>
    /// <param name="arrival">What is known of it.</param>
    void Receive(PacketBuffer segment, in Arrival arrival);

    /// <summary>Takes an error about a packet that this protocol sent.</summary>
    /// <param name="report">The error.</param>
    /// <param name="quoted">The quoted packet from the upper layer's header on: at least 8 octets of it, as they came, perhaps forged.</param>
    void HandleError(in IcmpReport report, ReadOnlySpan<byte> quoted);

    /// <summary>Tells the sender of a packet, which was for this host or another, that nobody takes it, in this protocol's own way; nothing happens where it has none.</summary>
    /// <param name="segment">The packet from the upper layer's header on, perhaps forged.</param>
    /// <param name="arrival">What is known of it.</param>
    void Refuse(ReadOnlySpan<byte> segment, in Arrival arrival)
    {
    }

    /// <summary>
    /// Asked before a reported MTU is believed for a whole destination: could this protocol have sent the packet quoted, by what a stranger cannot know (RFC 5927 §4,
    /// RFC 8201 §6)?
    /// </summary>
    /// <param name="report">The error.</param>
    /// <param name="quoted">As above.</param>
    bool Recognizes(in IcmpReport report, ReadOnlySpan<byte> quoted);
}
