using Fathom.Stack.Buffers;

namespace Fathom.Stack.Internet;

/// <summary>Looks at each packet that passes a host's internet layer, changes it or ends its way: address translation, firewalls.</summary>
public interface IPacketHook
{
    /// <summary>
    /// IPv4 packets that came in fragments are put together before <see cref="HookPlace.Prerouting"/>, and cut again where they leave, since only the first fragment has
    /// ports (RFC 4787 §11, REQ-14). IPv6 packets are cut by their senders only, and pass as they came.
    /// </summary>
    bool NeedsWholePackets => false;

    /// <summary>Decides on a packet.</summary>
    /// <param name="packet">
    /// From its IP header on, sound as far as that header goes. The hook may write into it, and keeps all checksums right; it changes no length. The buffer is only lent.
    /// </param>
    /// <param name="point">Where it is.</param>
    HookVerdict Handle(PacketBuffer packet, in HookPoint point);
}
