using Fathom.Stack.Link;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Stack.Internet;

/// <summary>ARP for IPv4 over Ethernet (RFC 826, RFC 1122 §2.3.2, RFC 5227).</summary>
internal sealed class ArpMachine(IpLayer ip)
{
    public void Receive(ReadOnlySpan<byte> bytes, NetworkInterface on, TimeSpan now)
    {
        if (!ArpPacket.TryRead(bytes, out var arp, out _) || !arp.IsIpv4OverEthernet || arp.Operation is not (ArpOperation.Request or ArpOperation.Reply))
        {
            on.Counters.InErrors++;
            return;
        }

        var (senderMac, sender, target) = (arp.SenderMac, arp.SenderAddress, arp.TargetAddress);
        if (senderMac.IsGroup || senderMac == on.HardwareAddress) return;

        // A group and all of a network ask nothing (RFC 1122 §3.2.1.3): no host is told.
        if (sender.IsMulticast || ip.Addresses.IsBroadcast(on, sender)) return;
        if (IsConflict(arp, on, senderMac, sender, target, now)) return;
        var isForUs = ip.Addresses.TryFind(target, out var local) && local.Interface == on && local.IsUsable;
        if (!sender.IsUnspecified) Merge(arp.Operation, on, sender, senderMac, isForUs, now);

        // RFC 5227 §2.1.1: a probe has no sender; its asker is told by MAC address alone.
        if (isForUs && arp.Operation == ArpOperation.Request) Send(on, ArpOperation.Reply, senderMac, target, senderMac, sender);
    }

    /// <summary>Asks who has an address.</summary>
    /// <param name="on">Where.</param>
    /// <param name="sender">Who asks; unspecified in a probe (RFC 5227 §1.1).</param>
    /// <param name="target">Whose MAC address is wanted; the sender's own in an announcement.</param>
    /// <param name="to">The one to ask; null: all.</param>
    public void Request(NetworkInterface on, IpAddress sender, IpAddress target, MacAddress? to = null)
        => Send(on, ArpOperation.Request, to ?? MacAddress.Broadcast, sender, default, target);

    private bool IsConflict(in ArpPacket arp, NetworkInterface on, MacAddress senderMac, IpAddress sender, IpAddress target, TimeSpan now)
    {
        if (ip.Addresses.TryFind(sender, out var claimed) && claimed.Interface == on)
        {
            claimed.Guard?.NoteConflict(senderMac, now);
            return true;
        }

        // RFC 5227 §2.1.1: somebody else probes for the address that this host is probing for.
        if (sender.IsUnspecified && arp.Operation == ArpOperation.Request && ip.Addresses.TryFind(target, out var wanted) && wanted.Interface == on && wanted.State == AddressState.Tentative)
            wanted.Guard?.NoteConflict(senderMac, now);
        return false;
    }

    // RFC 826: an entry that is there is brought up to date in any case, one is made only for who speaks to this host.
    private void Merge(ArpOperation operation, NetworkInterface on, IpAddress sender, MacAddress senderMac, bool isForUs, TimeSpan now)
    {
        var neighbors = on.Neighbors!;
        if (operation == ArpOperation.Request && isForUs && (neighbors.TryFind(sender, out _) || IsNeighbor(sender, on))) neighbors.Learn(sender, senderMac, isRouter: false, now);
        else neighbors.TakeAnswer(sender, senderMac, isSolicited: operation == ArpOperation.Reply && isForUs, isOverride: true, null, now);
    }

    // Addresses behind a router are no neighbors, whatever somebody says: they would only fill the cache. A gateway outside of every prefix is asked for, and then known.
    private bool IsNeighbor(IpAddress address, NetworkInterface on)
        => !address.IsMulticast && !address.IsLoopback && !ip.Addresses.IsBroadcast(on, address) && ip.Routes.Find(address, on) is { Gateway: null };

    private void Send(NetworkInterface on, ArpOperation operation, MacAddress to, IpAddress sender, MacAddress targetMac, IpAddress target)
    {
        var frame = ip.Pool.Rent(ArpPacket.Ipv4OverEthernetLength);
        new ArpHeader(operation, on.HardwareAddress!.Value, sender, targetMac, target).WriteTo(frame.Append(ArpPacket.Ipv4OverEthernetLength));
        new EthernetHeader(to, on.HardwareAddress!.Value, EtherType.Arp).WriteTo(frame.Prepend(EthernetFrame.HeaderLength));
        on.Transmit(frame);
    }
}
