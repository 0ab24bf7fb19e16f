using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>Brings those messages of ICMPv6 that are about a link to their machines.</summary>
internal sealed class LinkMessages(IpLayer ip, NeighborDiscovery discovery) : IIcmpv6Machine
{
    public void Receive(in Icmpv6Message message, in Arrival arrival)
    {
        if (message.Type is Icmpv6Type.MulticastListenerQuery or Icmpv6Type.MulticastListenerReport)
        {
            ip.GroupsOf(arrival.Interface, IpVersion.V6)?.Take(message, arrival);
            return;
        }

        // RFC 4861 §6.1, §7.1, §8.1.
        // RFC 6980 §5: nothing of discovery is believed that came with a fragment header, which hides it from the switches that look after it.
        if (arrival.HopLimit != NeighborDiscovery.HopLimit || message.Code != 0 || arrival.HadFragmentHeader) return;
        switch (message.Type)
        {
            case Icmpv6Type.NeighborSolicitation:
                discovery.TakeSolicitation(message, arrival);
                break;
            case Icmpv6Type.NeighborAdvertisement:
                discovery.TakeAdvertisement(message, arrival);
                break;
            case Icmpv6Type.RouterSolicitation:
                ip.AdvertiserOf(arrival.Interface)?.Take(message, arrival);
                break;
            case Icmpv6Type.RouterAdvertisement:
                ip.RouterDiscoveryOf(arrival.Interface)?.Take(message, arrival);
                break;
            case Icmpv6Type.Redirect:
                discovery.TakeRedirect(message, arrival);
                break;
        }
    }
}
