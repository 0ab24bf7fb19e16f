using Fathom.Stack.Buffers;
using Fathom.Stack.Internet;
using Fathom.Stack.Sockets;
using Fathom.Stack.Tests.Support;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Tests.Internet;

/// <summary>Packets meet their hooks in the order of their way, and fare as the hooks say.</summary>
public class HookTests
{
    private readonly byte[] _buffer = new byte[65_536];

    [Theory]
    [InlineData("0.0.0.0", "10.2.0.1")]
    [InlineData("::", "fd02::1")]
    public void A_packet_meets_the_hooks_of_its_way(string any, string right)
    {
        var hosts = new RoutedHosts();
        var (sender, passer, receiver) = (new Recorder(right), new Recorder(right), new Recorder(right));
        hosts.Left.Hooks.Add(sender);
        hosts.Router.Hooks.Add(passer);
        hosts.Right.Hooks.Add(receiver);
        TwoHosts.Open(hosts.Left, any, 0).Send("x"u8, new IpEndpoint(IpAddress.Parse(right), 7));
        hosts.Run(0.1);
        Assert.Equal([HookPlace.Output, HookPlace.Postrouting], sender.Places);
        Assert.Equal([HookPlace.Prerouting, HookPlace.Forward, HookPlace.Postrouting], passer.Places);
        Assert.Equal([HookPlace.Prerouting, HookPlace.Input], receiver.Places);

        // Once it was taken away it sees nothing any more.
        Assert.True(hosts.Router.Hooks.Remove(passer));
        Assert.False(hosts.Router.Hooks.Remove(passer));
        TwoHosts.Open(hosts.Left, any, 0).Send("x"u8, new IpEndpoint(IpAddress.Parse(right), 7));
        hosts.Run(0.1);
        Assert.Equal(3, passer.Places.Count);
    }

    [Theory]
    [InlineData("0.0.0.0", "10.2.0.1", "10.1.0.254", HookVerdict.RejectProhibited, 3, 13)]
    [InlineData("0.0.0.0", "10.2.0.1", "10.1.0.254", HookVerdict.RejectPort, 3, 3)]
    [InlineData("::", "fd02::1", "fd01::ff", HookVerdict.RejectProhibited, 1, 1)]
    [InlineData("::", "fd02::1", "fd01::ff", HookVerdict.RejectPort, 1, 4)]
    public void A_rejected_packet_is_told_of_by_the_router(string any, string right, string router, HookVerdict verdict, byte type, byte code)
    {
        var hosts = new RoutedHosts();
        hosts.Router.Hooks.Add(new Recorder(right, HookPlace.Forward, verdict));
        var client = TwoHosts.Open(hosts.Left, any, 0);
        client.Send("x"u8, new IpEndpoint(IpAddress.Parse(right), 7));
        hosts.Run(0.1);
        Assert.True(client.TryReceive(_buffer, out var received));
        Assert.Equal(new DeliveryError(IpAddress.Parse(router), type, code, 0, false), received.Error);
        Assert.Equal(1, hosts.Router.GetIpStatistics(received.Destination.Version).Drops[(int)DropReason.Hook]);
    }

    [Theory]
    [InlineData("0.0.0.0", "10.2.0.1")]
    [InlineData("::", "fd02::1")]
    public void A_sender_on_the_same_host_is_told_by_its_socket(string any, string right)
    {
        var hosts = new RoutedHosts();
        hosts.Left.Hooks.Add(new Recorder(right, HookPlace.Output, HookVerdict.RejectProhibited));
        var client = TwoHosts.Open(hosts.Left, any, 0);
        client.Send("x"u8, new IpEndpoint(IpAddress.Parse(right), 7));
        hosts.Run(0.1);
        Assert.True(client.TryReceive(_buffer, out var received));
        Assert.True(received.Error is { IsLocal: true });
    }

    [Fact]
    public void Fragments_meet_a_hook_that_wants_whole_packets_as_one_packet()
    {
        var hosts = new RoutedHosts();
        var whole = new Recorder("10.2.0.1", wantsWhole: true);
        hosts.Router.Hooks.Add(whole);
        var server = TwoHosts.Open(hosts.Right, "0.0.0.0", 7);
        TwoHosts.Open(hosts.Left, "0.0.0.0", 0).Send(new byte[5000], new IpEndpoint(IpAddress.Parse("10.2.0.1"), 7));
        hosts.Run(0.1);
        Assert.Equal([HookPlace.Prerouting, HookPlace.Forward, HookPlace.Postrouting], whole.Places);
        Assert.True(server.TryReceive(_buffer, out var received));
        Assert.Equal(5000, received.Length);

        // Four pieces of a link of 1,500 octets, on either side of the router.
        Assert.Equal(4, hosts.Router.GetIpStatistics(IpVersion.V4).OutFragCreates);
    }

    [Fact]
    public void A_link_without_carrier_leads_nowhere_until_it_has_one()
    {
        var hosts = new RoutedHosts();
        var target = IpAddress.Parse("10.2.0.1");
        hosts.Left.SetLinkState(hosts.LeftPort.Interface, isUp: true, hasCarrier: false);
        Assert.Null(hosts.Left.FindPath(target));
        hosts.Left.SetLinkState(hosts.LeftPort.Interface, isUp: true, hasCarrier: true);
        Assert.NotNull(hosts.Left.FindPath(target));
    }

    private sealed class Recorder(string destination, HookPlace? at = null, HookVerdict verdict = HookVerdict.Accept, bool wantsWhole = false) : IPacketHook
    {
        private readonly IpAddress _destination = IpAddress.Parse(destination);

        public List<HookPlace> Places { get; } = [];

        public bool NeedsWholePackets => wantsWhole;

        public HookVerdict Handle(PacketBuffer packet, in HookPoint point)
        {
            var to = packet.Span[0] >> 4 == 4 ? IpAddress.FromBytes(packet.Span.Slice(16, 4)) : IpAddress.FromBytes(packet.Span.Slice(24, 16));
            if (to != _destination) return HookVerdict.Accept;
            Places.Add(point.Place);
            return point.Place == at ? verdict : HookVerdict.Accept;
        }
    }
}
