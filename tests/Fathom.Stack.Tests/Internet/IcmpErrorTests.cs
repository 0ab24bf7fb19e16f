using Fathom.Stack.Internet;
using Fathom.Stack.Tests.Support;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Tests.Internet;

/// <summary>When this host sends ICMP errors, and when it must not (RFC 1122 §3.2.2, RFC 1812 §4.3.2.7, RFC 4443 §2.4, RFC 8200 §4).</summary>
public class IcmpErrorTests
{
    private readonly TwoHosts _hosts = new();

    public static TheoryData<string, byte[]> Silent()
    {
        var udp = new byte[8];
        new Fathom.Wire.Transport.UdpHeader(1, 9).WriteTo(udp);
        var error = Frames.Icmp(IcmpHeader.DestinationUnreachable(IcmpUnreachableCode.Port), Frames.V4("10.0.0.1", "10.0.0.2", (IpProtocol)200, new byte[8]));
        return new()
        {
            { "about a broadcast", Frames.V4("10.0.0.2", "10.0.0.255", IpProtocol.Udp, udp) },
            { "about the broadcast", Frames.V4("10.0.0.2", "255.255.255.255", IpProtocol.Udp, udp) },
            { "about a group", Frames.V4("10.0.0.2", "224.0.0.1", IpProtocol.Udp, udp) },
            { "about an error", Frames.V4("10.0.0.2", "10.0.0.1", IpProtocol.Icmp, error) },
            { "to all", Frames.V4("10.0.0.255", "10.0.0.1", IpProtocol.Udp, udp) },
            { "to nobody", Frames.V4("0.0.0.0", "10.0.0.1", IpProtocol.Udp, udp) },
            { "to a group", Frames.V4("224.0.0.5", "10.0.0.1", IpProtocol.Udp, udp) },
            { "to class E", Frames.V4("240.0.0.5", "10.0.0.1", IpProtocol.Udp, udp) },
            { "to the loopback", Frames.V4("127.0.0.1", "10.0.0.1", IpProtocol.Udp, udp) },
            { "to itself", Frames.V4("10.0.0.1", "10.0.0.1", IpProtocol.Udp, udp) },
            { "about a group of IPv6", Frames.V6("fd00::2", "ff02::1", IpProtocol.Udp, udp) },
            { "about an error of IPv6", Frames.Icmpv6("fd00::2", "fd00::1", [1, 0, 0, 0, 0, 0, 0, 0]) },
            { "to nobody of IPv6", Frames.V6("::", "fd00::1", IpProtocol.Udp, udp) },
            { "about nothing", Frames.V6("fd00::2", "fd00::1", IpProtocol.NoNextHeader, []) },
        };
    }

    [Theory]
    [MemberData(nameof(Silent))]
    public void No_error_is_sent(string what, byte[] packet)
    {
        _hosts.Wire.Inject(packet, _hosts.RightPort);
        _hosts.Wire.Run(1);
        Assert.True(_hosts.Wire.Frames.Count == 1, what);
    }

    [Fact]
    public void A_protocol_that_nobody_speaks_is_told_of()
    {
        var packet = Frames.V4("10.0.0.2", "10.0.0.1", (IpProtocol)200, new byte[100]);
        var error = Answer(packet);
        Assert.True(Ipv4Packet.TryRead(error, out var v4, out _) && v4.ChecksumIsValid);
        Assert.True(IcmpMessage.TryRead(v4.Payload, out var icmp, out _) && icmp.ChecksumIsValid);
        Assert.Equal((IcmpType.DestinationUnreachable, (byte)IcmpUnreachableCode.Protocol, TwoHosts.LeftV4, TwoHosts.RightV4), (icmp.Type, icmp.Code, v4.Source, v4.Destination));
        Assert.True(icmp.Body.SequenceEqual(packet));
    }

    [Fact]
    public void An_error_quotes_no_more_than_fits_its_version()
    {
        Assert.Equal(576, Answer(Frames.V4("10.0.0.2", "10.0.0.1", (IpProtocol)200, new byte[1400])).Length);
        _hosts.Wire.Frames.Clear();
        Assert.Equal(1280, Answer(Frames.V6("fd00::2", "fd00::1", (IpProtocol)200, new byte[1400])).Length);
    }

    [Theory]
    [InlineData(6, 1, 6)] // the fixed header names it
    [InlineData(0, 1, 40)] // the options header names it
    public void A_next_header_that_nobody_speaks_is_pointed_at(byte first, byte code, uint pointer)
    {
        byte[] payload = first == 0 ? [200, 0, 1, 4, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8] : [1, 2, 3, 4, 5, 6, 7, 8];
        var message = Problem(Frames.V6("fd00::2", "fd00::1", first == 0 ? IpProtocol.HopByHop : (IpProtocol)200, payload));
        Assert.Equal((code, pointer), (message.Code, message.Pointer));
    }

    [Theory]
    [InlineData(0x1E, false, false)] // 00: passed over, so that the answer is about the port
    [InlineData(0x5E, true, false)] // 01: dropped
    [InlineData(0x9E, false, true)] // 10: dropped and told
    [InlineData(0xDE, false, true)] // 11: told, since it was not to a group
    public void The_two_highest_bits_of_an_unknown_option_decide(byte option, bool isSilent, bool isProblem)
    {
        byte[] header = [(byte)IpProtocol.Udp, 0, option, 4, 0, 0, 0, 0, 0, 1, 0, 9, 0, 8, 0, 0];
        var sum = InternetChecksum.Compute(header.AsSpan(8), TwoHosts.RightV6, TwoHosts.LeftV6, IpProtocol.Udp);
        (header[14], header[15]) = ((byte)(sum >> 8), (byte)sum);
        var packet = Frames.V6("fd00::2", "fd00::1", IpProtocol.DestinationOptions, header);
        _hosts.Wire.Inject(packet, _hosts.RightPort);
        _hosts.Wire.Run(0.1);
        Assert.Equal(isSilent ? 1 : 2, _hosts.Wire.Frames.Count);
        if (isSilent) return;
        Assert.True(Ipv6Packet.TryRead(_hosts.Wire.Frames[1].Bytes, out var v6, out _));
        Assert.True(Icmpv6Message.TryRead(v6.Payload, out var message, out _));
        Assert.Equal(isProblem ? (Icmpv6Type.ParameterProblem, (byte)2, 42u) : (Icmpv6Type.DestinationUnreachable, (byte)4, 0u), (message.Type, message.Code, message.RestOfHeader));
    }

    [Fact]
    public void A_routing_header_of_type_0_is_refused_where_stops_are_left()
    {
        var header = new byte[24];
        header[0] = (byte)IpProtocol.NoNextHeader;
        header[1] = 2;
        header[3] = 1;
        var message = Problem(Frames.V6("fd00::2", "fd00::1", IpProtocol.Routing, header));
        Assert.Equal(((byte)0, 42u), (message.Code, message.Pointer)); // RFC 5095 §3: at the routing type
    }

    [Fact]
    public void A_source_route_of_IPv4_is_refused()
    {
        var packet = Frames.V4("10.0.0.2", "10.0.0.1", IpProtocol.Udp, new byte[8], options: [131, 7, 4, 10, 0, 0, 1, 0]);
        Assert.True(Ipv4Packet.TryRead(Answer(packet), out var v4, out _));
        Assert.True(IcmpMessage.TryRead(v4.Payload, out var icmp, out _));
        Assert.Equal((IcmpType.DestinationUnreachable, (byte)IcmpUnreachableCode.SourceRouteFailed), (icmp.Type, icmp.Code));
    }

    [Fact]
    public void One_destination_gets_six_errors_at_once_and_then_one_a_second()
    {
        for (var i = 0; i < 100; i++) _hosts.Wire.Inject(Frames.V4("10.0.0.2", "10.0.0.1", (IpProtocol)200, new byte[8]), _hosts.RightPort);
        _hosts.Wire.Run(0.1);
        Assert.Equal(6, Sent());
        for (var i = 0; i < 100; i++)
        {
            _hosts.Wire.Inject(Frames.V4("10.0.0.2", "10.0.0.1", (IpProtocol)200, new byte[8]), _hosts.RightPort);
            _hosts.Wire.Run(0.1);
        }

        Assert.InRange(Sent(), 15, 16);
        Assert.Contains(AddressCheckTests.Events(_hosts.Left), static e => e is IcmpErrorSuppressed);

        long Sent() => _hosts.Left.Icmp.GetStatistics(IpVersion.V4).OutByType[3];
    }

    [Fact]
    public void All_destinations_together_get_fifty_errors_at_once()
    {
        for (var i = 0; i < 500; i++) _hosts.Wire.Inject(Frames.V4($"10.{i / 200}.9.{i % 200}", "10.0.0.1", (IpProtocol)200, new byte[8]), _hosts.RightPort);
        _hosts.Left.Routes.Add(new Route(new IpPrefix(IpAddress.AnyV4, 0), _hosts.LeftPort.Interface));
        _hosts.Wire.Run(0.0011);
        Assert.InRange(_hosts.Left.Icmp.GetStatistics(IpVersion.V4).OutMsgs, 45, 55);
    }

    [Fact]
    public void Fragments_that_stay_incomplete_end_in_time_exceeded_if_the_first_was_there()
    {
        var whole = Frames.V4("10.0.0.2", "10.0.0.1", IpProtocol.Udp, new byte[2000]);
        Assert.True(Ipv4Fragmenter.TryFragment(whole, 1000, out var fragments, out _));
        _hosts.Wire.Inject(fragments[0], _hosts.RightPort);
        _hosts.Wire.Run(59);
        Assert.Single(_hosts.Wire.Frames);
        _hosts.Wire.Run(2);
        Assert.True(Ipv4Packet.TryRead(_hosts.Wire.Frames[^1].Bytes, out var v4, out _));
        Assert.True(IcmpMessage.TryRead(v4.Payload, out var icmp, out _));
        Assert.Equal((IcmpType.TimeExceeded, (byte)1), (icmp.Type, icmp.Code));
        _hosts.Wire.Frames.Clear();
        _hosts.Wire.Inject(fragments[1], _hosts.RightPort);
        _hosts.Wire.Run(70);
        Assert.Single(_hosts.Wire.Frames);
        Assert.Null(_hosts.Left.Deadline);
    }

    private byte[] Answer(byte[] packet)
    {
        _hosts.Wire.Inject(packet, _hosts.RightPort);
        _hosts.Wire.Run(0.1);
        Assert.Equal(2, _hosts.Wire.Frames.Count);
        return _hosts.Wire.Frames[1].Bytes;
    }

    private Icmpv6Message Problem(byte[] packet)
    {
        Assert.True(Ipv6Packet.TryRead(Answer(packet), out var v6, out _));
        Assert.True(Icmpv6Message.TryRead(v6.Payload, out var message, out _) && message.ChecksumIsValid(v6.Source, v6.Destination));
        Assert.Equal(Icmpv6Type.ParameterProblem, message.Type);
        return message;
    }
}
