using Fathom.Wire.Application.Dhcp;
using Fathom.Wire.Application.Dhcpv6;
using Fathom.Wire.Application.Ntp;
using Fathom.Wire.Application.Quic;
using Fathom.Wire.Application.Tls;
using Fathom.Wire.Dissection;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Tests.Dissection;

/// <summary>Reading allocates nothing.</summary>
public class AllocationTests
{
    private static readonly byte[] SynFrame =
        Samples.Ethernet(EtherType.Ipv4, Samples.Ipv4(IpProtocol.Tcp, Samples.Tcp(Samples.V4A, Samples.V4B, Samples.SynHeader, Samples.Data), [148, 4, 0, 0]));

    private static readonly byte[] ErrorPacket =
        Samples.Ipv6(IpProtocol.Icmpv6, Samples.Icmpv6(Icmpv6Header.TimeExceeded(), Samples.Ipv6(IpProtocol.Udp, Samples.Udp(Samples.V6A, Samples.V6B, Samples.Data))));

    private static readonly byte[] Advertisement =
        Samples.Ipv6(IpProtocol.Icmpv6, Samples.Build(new NeighborAdvertisementHeader(Samples.V6B, false, true, true), Samples.LinkLayerOption(NdOptionType.TargetLinkLayerAddress)));

    private static readonly byte[] ArpFrame = Samples.Ethernet(EtherType.Arp, Samples.Arp);

    private static long _sink;

    [Fact]
    public void Views_and_their_options_allocate_nothing() => AssertNoAllocation(static () =>
    {
        EthernetFrame.TryRead(SynFrame, out var frame, out _);
        Ipv4Packet.TryRead(frame.Payload, out var packet, out _);
        foreach (var option in packet.EnumerateOptions()) _sink += (int)option.Type;
        TcpSegment.TryRead(packet.Payload, out var segment, out _);
        foreach (var option in segment.EnumerateOptions()) _sink += (int)option.Kind;
        _sink += TcpOptions.Read(segment.Options).MaximumSegmentSize ?? 0;
        _sink += segment.ChecksumIsValid(packet.Source, packet.Destination) && packet.ChecksumIsValid ? 1 : 0;
        _sink += segment.Payload.Length + segment.Window + (int)segment.Flags + (segment.SequenceNumber - segment.AcknowledgmentNumber);
        Ipv6Packet.TryRead(ErrorPacket, out var packet6, out _);
        packet6.TryReadUpperLayer(out var upper, out _);
        Icmpv6Message.TryRead(upper.Bytes, out var icmp, out _);
        _sink += icmp.ChecksumIsValid(packet6.Source, packet6.Destination) ? icmp.QuotedPacket.Length : 0;
        _sink += Ipv4Packet.Layout.Length + TcpSegment.Layout.Length;
    });

    [Fact]
    public void Refusals_allocate_nothing() => AssertNoAllocation(static () =>
    {
        for (var length = 0; length < SynFrame.Length; length++)
        {
            EthernetFrame.TryRead(SynFrame.AsSpan(0, length), out _, out var error);
            Ipv4Packet.TryRead(SynFrame.AsSpan(0, length), out _, out error);
            TcpSegment.TryRead(SynFrame.AsSpan(0, length), out _, out error);
            _sink += error.Needed;
        }
    });

    [Fact]
    public void Packet_facts_allocate_nothing() => AssertNoAllocation(static () =>
    {
        PacketFacts.TryRead(LinkType.Ethernet, SynFrame, out var facts);
        _sink += facts.SourcePort;
        PacketFacts.TryRead(LinkType.RawIp, ErrorPacket, out facts);
        _sink += facts.Quoted.SourcePort;
        PacketFacts.TryRead(LinkType.RawIp, Advertisement, out facts);
        _sink += (int)facts.Protocol;
        PacketFacts.TryRead(LinkType.Ethernet, ArpFrame, out facts);
        _sink += (int)facts.ArpOperation;
    });

    [Fact]
    public void Writing_allocates_nothing()
    {
        var buffer = new byte[200];
        var tcp = Samples.SynHeader;
        var ip = new Ipv4Header { TimeToLive = 64, Protocol = IpProtocol.Tcp, Source = Samples.V4A, Destination = Samples.V4B };
        AssertNoAllocation(() =>
        {
            tcp.WriteTo(buffer.AsSpan(20), ip.Source, ip.Destination);
            _sink += ip.WriteTo(buffer);
        });
    }

    [Fact]
    public void Views_of_applications_allocate_nothing() => AssertNoAllocation(static () =>
    {
        TlsRecord.TryRead(ApplicationSamples.ClientHelloRecord, out var record, out _);
        TlsHandshakeMessage.TryRead(record.Fragment, out var handshake, out _);
        TlsClientHello.TryRead(handshake.Body, out var hello, out _);
        foreach (var extension in hello.EnumerateExtensions())
        {
            if (extension.TryGetServerName(out var name)) _sink += name.Length;
            if (extension.TryGetProtocols(out var protocols)) foreach (var protocol in protocols) _sink += protocol.Length;
        }

        TlsServerHello.TryRead(ApplicationSamples.ServerHello, out var answer, out _);
        _sink += (int)answer.SelectedVersion + answer.CipherSuite;
        DhcpMessage.TryRead(ApplicationSamples.Discover, out var dhcp, out _);
        _sink += (int)dhcp.MessageType;
        Dhcpv6Message.TryRead(ApplicationSamples.Solicit, out var dhcpv6, out _);
        foreach (var option in dhcpv6.EnumerateOptions()) _sink += option.Nested.Length;
        NtpPacket.TryRead(ApplicationSamples.Ntp, out var ntp, out _);
        _sink += ntp.Stratum;
        QuicLongHeader.TryRead(ApplicationSamples.Quic, out var quic, out _);
        _sink += quic.Payload.Length;
    });

    private static void AssertNoAllocation(Action action)
    {
        // The first calls compile methods and run static constructors, which allocate.
        for (var i = 0; i < 50; i++) action();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 200; i++) action();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
