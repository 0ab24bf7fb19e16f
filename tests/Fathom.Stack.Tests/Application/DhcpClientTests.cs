using Fathom.Stack.Application.Dhcp;
using Fathom.Stack.Internet;
using Fathom.Stack.Link;
using Fathom.Stack.Tests.Support;
using Fathom.Stack.Transport;
using Fathom.Wire.Application.Dhcp;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Tests.Application;

/// <summary>The client of RFC 2131 against a server made by hand on the other stack's UDP.</summary>
public class DhcpClientTests
{
    private static readonly IpAddress Server = IpAddress.Parse("10.9.0.1");
    private static readonly IpAddress Offered = IpAddress.Parse("10.9.0.77");
    private readonly VirtualWire _wire = new();
    private readonly NetworkStack _host = new(new StackOptions(), new SeededRandom(1)) { RecordEvents = true };
    private readonly NetworkStack _serverHost = new(new StackOptions(), new SeededRandom(2));
    private readonly NetworkInterface _interface;
    private readonly NetworkInterface _serverInterface;
    private readonly UdpSocket _socket;
    private readonly DhcpClient _client;
    private readonly List<(TimeSpan At, string Text)> _asked = [];
    private ushort _mtu;

    public DhcpClientTests()
    {
        _interface = _host.AddInterface(new InterfaceOptions { Name = "eth0", Medium = InterfaceMedium.Ethernet, HardwareAddress = TwoHosts.MacOf(1) });
        _serverInterface = _serverHost.AddInterface(new InterfaceOptions { Name = "eth0", Medium = InterfaceMedium.Ethernet, HardwareAddress = TwoHosts.MacOf(2) });
        _serverHost.AddAddress(_serverInterface, Server, 24);
        _wire.Plug(_host, _interface);
        _wire.Plug(_serverHost, _serverInterface);
        _socket = TwoHosts.Open(_serverHost, "0.0.0.0", 67);
        _client = _host.CreateDhcpClient(_interface, new DhcpClientOptions { HostName = "deep" });
    }

    [Fact]
    public void A_host_gets_an_address_a_way_out_and_a_resolver()
    {
        Assert.True(_client.Start());
        Serve(30);
        Assert.Equal(DhcpState.Bound, _client.State);
        Assert.Equal(["Discover - - -", "Request - 10.9.0.1 10.9.0.77"], _asked.Select(static a => a.Text));
        var address = Assert.Single(_host.Addresses, static a => a.Origin == AddressOrigin.Dhcp);
        Assert.Equal((Offered, 24, AddressState.Preferred), (address.Address, address.PrefixLength, address.State));
        Assert.Equal(Server, _host.Routes.Find(IpAddress.Parse("192.0.2.1"))!.Gateway);
        Assert.Equal([IpAddress.Parse("9.9.9.9")], _client.Lease!.DnsServers);

        // RFC 2131 §4.1 and §2: from nowhere to all, with the hardware address, and at least 300 octets.
        var discover = _wire.Frames.First(static f => Frames.TypeOf(f.Bytes) == EtherType.Ipv4);
        Assert.True(EthernetFrame.TryRead(discover.Bytes, out var frame, out _));
        Assert.True(Ipv4Packet.TryRead(frame.Payload, out var packet, out _));
        Assert.Equal((MacAddress.Broadcast, IpAddress.AnyV4, IpAddress.FromV4(uint.MaxValue)), (frame.Destination, packet.Source, packet.Destination));
        Assert.True(UdpDatagram.TryRead(packet.Payload, out var datagram, out _) && datagram.Payload.Length >= 300);
        Assert.True(DhcpMessage.TryRead(datagram.Payload, out var message, out _));
        Assert.Equal((TwoHosts.MacOf(1), true), (message.ClientMac, message.Broadcast));
    }

    [Theory]
    [InlineData(1400, 1400)]
    [InlineData(9000, 1500)]
    [InlineData(67, 1500)]
    public void The_servers_MTU_holds_for_IPv4_while_the_lease_lasts(int told, int expected)
    {
        _mtu = (ushort)told;
        Assert.True(_client.Start());
        Serve(30);
        Assert.Equal(DhcpState.Bound, _client.State);
        var socket = TwoHosts.Open(_host, "0.0.0.0", 5000);
        _wire.Frames.Clear();
        socket.Send(new byte[4000], new IpEndpoint(Server, 9));
        _wire.Run(1);
        Assert.Equal(((expected - 20) / 8 * 8) + 20, LongestIpv4()); // RFC 791 §3.2: fragments are counted in eights
        _client.Stop();
        Assert.Equal(1500, _interface.Mtu);

        int LongestIpv4() => _wire.Frames.Where(f => Frames.TypeOf(f.Bytes) == EtherType.Ipv4).Max(static f => f.Bytes.Length) - EthernetFrame.HeaderLength;
    }

    [Fact]
    public void A_lease_is_renewed_at_T1_by_its_server_alone_then_by_any_at_T2_and_ends()
    {
        _client.Start();
        Serve(30);
        var asked = _asked[^1].At;
        _asked.Clear();
        Serve(1800 + asked.TotalSeconds - _wire.Now.TotalSeconds + 5);
        Assert.Equal("Request 10.9.0.77 - -", Assert.Single(_asked).Text);

        // The time counts from when it was asked for; a round trip of ARP comes before.
        Assert.InRange((_asked[0].At - asked).TotalSeconds, 1800, 1800.01);
        Assert.Equal(DhcpState.Bound, _client.State);

        // The server is gone.
        asked = _asked[0].At - _wire.Delay;
        Until(asked + TimeSpan.FromSeconds(1801));
        Assert.Equal(DhcpState.Renewing, _client.State);
        Until(asked + TimeSpan.FromSeconds(3151)); // 0.875 of 3600 is 3150
        Assert.Equal(DhcpState.Rebinding, _client.State);
        Assert.NotNull(_host.Routes.Find(IpAddress.Parse("192.0.2.1")));
        Until(asked + TimeSpan.FromSeconds(3601));
        Assert.DoesNotContain(_host.Addresses, static a => a.Origin == AddressOrigin.Dhcp);
        Assert.Null(_host.Routes.Find(IpAddress.Parse("192.0.2.1")));
        Assert.Contains(_client.State, new[] { DhcpState.Init, DhcpState.Selecting });
    }

    [Fact]
    public void Without_an_answer_it_asks_at_longer_and_longer_times()
    {
        _wire.Loses = static _ => true;
        _client.Start();
        _wire.Run(300);
        var times = _wire.Frames.Where(static f => Frames.TypeOf(f.Bytes) == EtherType.Ipv4 && f.Bytes[14 + 9] == 17).Select(static f => f.At.TotalSeconds).ToArray();
        var gaps = times.Zip(times.Skip(1), static (a, b) => b - a).ToArray();
        double[] expected = [4, 8, 16, 32, 64, 64, 64];
        for (var i = 0; i < Math.Min(gaps.Length, expected.Length); i++) Assert.InRange(gaps[i], expected[i] - 1, expected[i] + 1);
        Assert.InRange(gaps.Length, 6, 8);
    }

    [Fact]
    public void An_address_that_another_host_has_is_declined_and_another_is_asked_for()
    {
        _serverHost.AddAddress(_serverInterface, Offered, 24);
        _client.Start();
        Serve(8);
        Assert.Equal(["Discover - - -", "Request - 10.9.0.1 10.9.0.77", "Decline - 10.9.0.1 10.9.0.77"], _asked.Select(static a => a.Text));
        Assert.DoesNotContain(_host.Addresses, static a => a.Origin == AddressOrigin.Dhcp);
        var declined = _asked[^1].At;
        _serverHost.RemoveAddress(_serverInterface, Offered);
        Serve(30);
        Assert.InRange((_asked[3].At - declined).TotalSeconds, 10, 12);
        Assert.Equal(DhcpState.Bound, _client.State);
    }

    [Fact]
    public void A_refusal_begins_anew_and_an_address_of_before_is_asked_for_first()
    {
        var again = _host.CreateDhcpClient(_interface, new DhcpClientOptions { Previous = IpAddress.Parse("10.8.0.5") });
        again.Start();
        Serve(30, refusesFirst: true);
        Assert.Equal(["Request - - 10.8.0.5", "Discover - - -", "Request - 10.9.0.1 10.9.0.77"], _asked.Select(static a => a.Text));
        Assert.Equal(DhcpState.Bound, again.State);
    }

    [Fact]
    public void A_released_address_is_told_to_the_server_and_gone()
    {
        _client.Start();
        Serve(30);
        _asked.Clear();
        _client.Release();
        Serve(2);
        Assert.Equal("Release 10.9.0.77 10.9.0.1 -", Assert.Single(_asked).Text);
        Assert.DoesNotContain(_host.Addresses, static a => a.Origin == AddressOrigin.Dhcp);
        Assert.Equal(DhcpState.Stopped, _client.State);
    }

    [Fact]
    public void Answers_of_others_and_nonsense_are_not_heard()
    {
        _client.Start();
        _wire.Run(2);
        foreach (var (transaction, mac, type) in ((uint, byte, DhcpMessageType)[])[(1, 1, DhcpMessageType.Offer), (Transaction(), 3, DhcpMessageType.Offer), (Transaction(), 1, DhcpMessageType.Ack)])
            Answer(type, transaction, TwoHosts.MacOf(mac));
        _socket.Send([2, 1, 6], new IpEndpoint(IpAddress.FromV4(uint.MaxValue), 68));
        _wire.Run(0.1);
        Assert.Equal(DhcpState.Selecting, _client.State);
    }

    private uint Transaction()
    {
        var buffer = new byte[2048];
        uint transaction = 0;
        while (_socket.TryReceive(buffer, out var received))
        {
            if (DhcpMessage.TryRead(buffer.AsSpan(0, received.Length), out var message, out _)) transaction = message.TransactionId;
        }

        return transaction;
    }

    private void Until(TimeSpan at) => _wire.Run(at - _wire.Now);

    private void Serve(double seconds, bool refusesFirst = false)
    {
        var buffer = new byte[2048];
        for (var end = _wire.Now + TimeSpan.FromSeconds(seconds); _wire.Now < end;)
        {
            _wire.Run(0.005);
            while (_socket.TryReceive(buffer, out var received))
            {
                Assert.True(DhcpMessage.TryRead(buffer.AsSpan(0, received.Length), out var message, out _));
                var (server, requested) = ("-", "-");
                foreach (var option in message.EnumerateOptions())
                {
                    if (option.Code == DhcpOptionCode.ServerIdentifier && option.TryGetAddress(out var s)) server = s.ToString();
                    if (option.Code == DhcpOptionCode.RequestedAddress && option.TryGetAddress(out var r)) requested = r.ToString();
                }

                _asked.Add((received.At, $"{message.MessageType} {(message.ClientAddress.IsUnspecified ? "-" : message.ClientAddress)} {server} {requested}"));
                var answer = refusesFirst && _asked.Count == 1 ? DhcpMessageType.Nak
                    : message.MessageType switch { DhcpMessageType.Discover => DhcpMessageType.Offer, DhcpMessageType.Request => DhcpMessageType.Ack, _ => DhcpMessageType.None };
                if (answer != DhcpMessageType.None) Answer(answer, message.TransactionId, TwoHosts.MacOf(1), message.ClientAddress);
            }
        }
    }

    private void Answer(DhcpMessageType type, uint transaction, MacAddress mac, IpAddress client = default)
    {
        var header = new DhcpHeader
        {
            Operation = DhcpOperation.Reply,
            TransactionId = transaction,
            YourAddress = type == DhcpMessageType.Nak ? IpAddress.AnyV4 : Offered,
            ClientAddress = client,
            ClientMac = mac,
            Options = new DhcpOptionList().Add(type).Add(DhcpOptionCode.ServerIdentifier, Server).Add(DhcpOptionCode.LeaseTime, 3600u)
                .Add(DhcpOptionCode.SubnetMask, IpAddress.Parse("255.255.255.0")).Add(DhcpOptionCode.Router, Server).Add(DhcpOptionCode.DomainNameServer, IpAddress.Parse("9.9.9.9")),
        };
        if (_mtu > 0) header.Options.Add(DhcpOptionCode.InterfaceMtu, _mtu);
        var bytes = new byte[header.Length];
        header.WriteTo(bytes);
        Assert.Equal(Fathom.Stack.Sockets.DatagramSendResult.Sent, _socket.Send(bytes, new IpEndpoint(client.IsUnspecified ? IpAddress.FromV4(uint.MaxValue) : client, 68)));
    }
}
