using Fathom.Stack.Buffers;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>Takes IGMP messages to the interface's machine.</summary>
internal sealed class IgmpInput(IpLayer ip) : IUpperLayer
{
    public void Receive(PacketBuffer segment, in Arrival arrival)
    {
        if (IgmpMessage.TryRead(segment.Span, out var message, out _) && message.ChecksumIsValid) ip.GroupsOf(arrival.Interface, IpVersion.V4)?.Take(message, arrival);
    }

    public void HandleError(in IcmpReport report, ReadOnlySpan<byte> quoted)
    {
        // Reports are sent to groups, about which nobody sends errors.
    }

    public bool Recognizes(in IcmpReport report, ReadOnlySpan<byte> quoted) => false;
}
