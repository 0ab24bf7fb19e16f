using Fathom.Stack.Buffers;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>
/// Somebody outside who sends with a host's addresses (<see cref="NetworkStack.SendPacket"/>). The host does for it what belongs to the link, and so it is the one who knows that a neighbor does
/// not answer: it says so by ICMP, as the first router on the way would (RFC 1812 §5.2.7.1 code 1, RFC 4443 §3.1 code 3).
/// </summary>
public interface IOutsideSender
{
    /// <summary>The address from which it is told, not one of those that it has itself: a host takes no packet that seems to be its own. Null: it is not told.</summary>
    /// <param name="version">Of which version.</param>
    IpAddress? From(IpVersion version);

    /// <summary>Takes an ICMP error.</summary>
    /// <param name="packet">From its IP header on. It is lent: the stack's again when this returns.</param>
    void Take(PacketBuffer packet);
}
