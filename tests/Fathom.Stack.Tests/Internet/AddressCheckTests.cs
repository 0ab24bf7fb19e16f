using Fathom.Stack.Internet;
using Fathom.Stack.Link;
using Fathom.Stack.Tests.Support;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Stack.Tests.Internet;

/// <summary>Duplicate addresses: RFC 4862 §5.4 for IPv6, RFC 5227 for IPv4.</summary>
public class AddressCheckTests
{
    [Fact]
    public void An_IPv6_address_is_tentative_until_nobody_has_spoken_for_it()
    {
        var hosts = new TwoHosts(InterfaceMedium.Ethernet);
        Assert.Equal(AddressState.Tentative, StateOf(hosts.Left, "fd00::1"));
        Assert.Equal(AddressState.Preferred, StateOf(hosts.Left, "10.0.0.1"));
        hosts.Wire.Run(2.1);
        Assert.Equal(AddressState.Preferred, StateOf(hosts.Left, "fd00::1"));

        // RFC 4862 §5.4.2: asked from the unspecified address, of the address's own group, without a MAC address.
        var probe = hosts.Wire.Frames.First(f => f.From == hosts.LeftPort && Frames.Icmpv6TypeOf(f.Bytes) == Icmpv6Type.NeighborSolicitation);
        Assert.True(Ipv6Packet.TryRead(probe.Bytes.AsSpan(14), out var packet, out _));
        Assert.Equal((IpAddress.AnyV6, (byte)255), (packet.Source, packet.HopLimit));
        Assert.True(NeighborSolicitation.TryRead(packet.Payload, out var solicitation, out _));
        Assert.Equal(MulticastMapping.SolicitedNode(solicitation.Target), packet.Destination);
        foreach (var option in solicitation.EnumerateOptions()) Assert.Equal(NdOptionType.Nonce, option.Type);
    }

    [Fact]
    public void An_IPv6_address_that_another_host_has_is_not_used()
    {
        var hosts = new TwoHosts(InterfaceMedium.Ethernet);
        hosts.Wire.Run(5);
        hosts.Left.AddAddress(hosts.LeftPort.Interface, TwoHosts.RightV6, 64);
        hosts.Wire.Run(5);
        Assert.Equal(AddressState.Duplicate, StateOf(hosts.Left, "fd00::2"));
        Assert.Equal(AddressState.Preferred, StateOf(hosts.Right, "fd00::2"));
        Assert.Contains(Events(hosts.Left), static e => e is AddressConflict { Action: AddressConflictAction.NotUsed } c && c.Other == TwoHosts.MacOf(2));
    }

    [Fact]
    public void Of_two_hosts_that_want_an_address_at_the_same_time_at_most_one_gets_it()
    {
        var hosts = new TwoHosts(InterfaceMedium.Ethernet);
        hosts.Wire.Run(5);
        var wanted = IpAddress.Parse("fd00::77");
        hosts.Left.AddAddress(hosts.LeftPort.Interface, wanted, 64);
        hosts.Right.AddAddress(hosts.RightPort.Interface, wanted, 64);
        hosts.Wire.Run(5);
        Assert.Contains(AddressState.Duplicate, new[] { StateOf(hosts.Left, "fd00::77"), StateOf(hosts.Right, "fd00::77") });
    }

    [Fact]
    public void A_probe_that_comes_back_from_the_link_is_known_by_its_nonce()
    {
        var hosts = new TwoHosts(InterfaceMedium.Ethernet);
        hosts.Wire.Run(5);
        hosts.Wire.Frames.Clear();
        hosts.Left.AddAddress(hosts.LeftPort.Interface, IpAddress.Parse("fd00::77"), 64);
        hosts.Wire.Run(1.05);
        var probe = hosts.Wire.Frames.Last(static f => Frames.Icmpv6TypeOf(f.Bytes) == Icmpv6Type.NeighborSolicitation);

        // The Ethernet header is a bridge's: a frame with the host's own MAC address would be dropped earlier.
        var looped = probe.Bytes.ToArray();
        TwoHosts.MacOf(9).WriteTo(looped.AsSpan(6));
        hosts.Wire.Inject(looped, hosts.RightPort);
        hosts.Wire.Run(5);
        Assert.Equal(AddressState.Preferred, StateOf(hosts.Left, "fd00::77"));
    }

    [Fact]
    public void An_IPv4_address_is_probed_for_three_times_and_announced_twice()
    {
        var options = new StackOptions { Ip = new IpSettings { ProbeStaticAddresses = true } };
        var hosts = new TwoHosts(InterfaceMedium.Ethernet, left: options);
        hosts.Wire.Run(20);
        Assert.Equal(AddressState.Preferred, StateOf(hosts.Left, "10.0.0.1"));
        var arps = hosts.Wire.Frames.Where(f => f.From == hosts.LeftPort && Frames.TypeOf(f.Bytes) == EtherType.Arp).ToList();
        Assert.Equal(
            [.. Enumerable.Repeat("request 0.0.0.0 at 02:00:00:00:00:01 about 10.0.0.1 to ff:ff:ff:ff:ff:ff", 3), .. Enumerable.Repeat("request 10.0.0.1 at 02:00:00:00:00:01 about 10.0.0.1 to ff:ff:ff:ff:ff:ff", 2)],
            arps.Select(static f => Frames.ArpText(f.Bytes)));

        // RFC 5227 §1.1: PROBE_MIN and PROBE_MAX, ANNOUNCE_WAIT, ANNOUNCE_INTERVAL.
        var gaps = arps.Zip(arps.Skip(1), static (a, b) => (b.At - a.At).TotalSeconds).ToArray();
        Assert.InRange(gaps[0], 1, 2);
        Assert.InRange(gaps[1], 1, 2);
        Assert.Equal([2, 2], gaps[2..]);
    }

    [Fact]
    public void An_IPv4_address_in_use_is_defended_but_not_against_a_flood()
    {
        var hosts = new TwoHosts(InterfaceMedium.Ethernet);
        hosts.Wire.Run(20);
        hosts.Wire.Frames.Clear();
        for (var i = 0; i < 5; i++)
        {
            hosts.Wire.Inject(Frames.Arp(ArpOperation.Request, TwoHosts.MacOf(9), "10.0.0.1", default, "10.0.0.1"));
            hosts.Wire.Run(1);
        }

        Assert.Single(hosts.Wire.Frames, f => f.From == hosts.LeftPort);
        Assert.Equal(AddressState.Preferred, StateOf(hosts.Left, "10.0.0.1"));
        var actions = Events(hosts.Left).OfType<AddressConflict>().Select(static c => c.Action);
        Assert.Equal([AddressConflictAction.Defended, .. Enumerable.Repeat(AddressConflictAction.Noted, 4)], actions);
    }

    [Theory]
    [InlineData("10.0.0.9", true)]
    [InlineData("0.0.0.0", true)]
    [InlineData("224.0.0.1", false)]
    [InlineData("10.0.0.255", false)]
    [InlineData("255.255.255.255", false)]
    public void Who_asks_by_ARP_is_one_host(string sender, bool isAnswered)
    {
        var hosts = new TwoHosts(InterfaceMedium.Ethernet);
        hosts.Wire.Run(20);
        hosts.Wire.Frames.Clear();
        hosts.Wire.Inject(Frames.Arp(ArpOperation.Request, TwoHosts.MacOf(9), sender, default, "10.0.0.1"));
        hosts.Wire.Run(1);
        Assert.Equal(isAnswered, hosts.Wire.Frames.Exists(f => f.From == hosts.LeftPort));
    }

    internal static AddressState StateOf(NetworkStack stack, string address) => Assert.Single(stack.Addresses, a => a.Address == IpAddress.Parse(address)).State;

    internal static List<Fathom.Stack.Events.StackEvent> Events(NetworkStack stack)
    {
        var all = new List<Fathom.Stack.Events.StackEvent>();
        while (stack.TryTakeEvent(out var happened)) all.Add(happened);
        return all;
    }
}
