using Fathom.Stack.Buffers;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>Packets that sockets were given by the application, which takes no time, and that wait for the driver, who brings it.</summary>
internal sealed class PendingSends(IpLayer ip)
{
    private LazyQueue<Item> _items;

    public bool IsEmpty => _items.Count == 0;

    /// <summary>Takes a packet.</summary>
    /// <param name="segment">From the upper layer's header on.</param>
    /// <param name="path">How it goes.</param>
    /// <param name="protocol">What it is.</param>
    /// <param name="options">How.</param>
    /// <param name="sender">Is told when the packet has gone; it bounds what it has here itself.</param>
    public void Add(PacketBuffer segment, IpPath path, IpProtocol protocol, in IpSendOptions options, IPendingSender sender)
    {
        _items.Enqueue(new Item(segment, path, protocol, options, sender));
        ip.Work.MayExist = true;
    }

    /// <summary>Sends the oldest one.</summary>
    public bool TransmitOne(TimeSpan now)
    {
        if (!_items.TryDequeue(out var item)) return false;
        var octets = item.Segment.Length;
        ip.Send(item.Segment, item.Path, item.Protocol, item.Options, now);
        item.Sender.NoteSent(octets);
        return true;
    }

    private readonly record struct Item(PacketBuffer Segment, IpPath Path, IpProtocol Protocol, IpSendOptions Options, IPendingSender Sender);
}
