using Fathom.Wire.Application.Dhcp;
using Fathom.Wire.Application.Dhcpv6;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Application.Ntp;
using Fathom.Wire.Application.Quic;
using Fathom.Wire.Application.Tls;
using Fathom.Wire.Capture;
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

    private static readonly byte[] DnsFrame = Samples.Ethernet(EtherType.Ipv4, Samples.Ipv4(IpProtocol.Udp, Samples.Udp(Samples.V4A, Samples.V4B, new DnsMessage
    {
        Id = 7,
        IsResponse = true,
        Questions = [new DnsQuestion(DnsName.Parse("www.shop.example"), DnsType.A)],
        Answers =
        [
            new DnsRecord(DnsName.Parse("www.shop.example"), DnsType.CName, DnsClass.Internet, 60, new DnsData.CName(DnsName.Parse("shop.example"))),
            new DnsRecord(DnsName.Parse("shop.example"), DnsType.A, DnsClass.Internet, 60, new DnsData.A(Samples.V4B)),
        ],
        Edns = new DnsEdns(1232, 0, true, []),
    }.ToBytes())));

    private static readonly (int LinkType, byte[] Frame)[] Frames =
    [
        (LinkType.Ethernet, SynFrame), (LinkType.RawIp, ErrorPacket), (LinkType.Ethernet, ArpFrame), (LinkType.Ethernet, DnsFrame),
        (LinkType.Ethernet, Samples.Ethernet(EtherType.Ipv6, Samples.Ipv6(IpProtocol.Tcp, Samples.Tcp(Samples.V6A, Samples.V6B, Samples.SynHeader, Samples.Data)))),
        (LinkType.Ethernet, Samples.Ethernet(EtherType.Ipv4, Samples.Ipv4(IpProtocol.Icmp, Samples.Build(new IcmpHeader(IcmpType.EchoRequest, 0, 0x00010002), Samples.Data)))),
    ];

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
    public void Options_records_and_extension_objects_allocate_nothing()
    {
        var frames = LayerSamples.All().Where(static s => s.LinkType == LinkType.Ethernet).Select(static s => s.Frame).ToArray();
        AssertNoAllocation(() =>
        {
            foreach (var frame in frames)
            {
                EthernetFrame.TryRead(frame, out var ethernet, out _);
                if (Ipv4Packet.TryRead(ethernet.Payload, out var packet, out _)) WalkIpv4(packet);
                if (Ipv6Packet.TryRead(ethernet.Payload, out var packet6, out _)) WalkIpv6(packet6);
            }
        });
    }

    private static void WalkIpv4(Ipv4Packet packet)
    {
        foreach (var option in packet.EnumerateOptions()) _sink += Ipv4OptionLayouts.Of(option).Fields.Length;
        if (packet.Protocol == IpProtocol.Tcp && TcpSegment.TryRead(packet.Payload, out var segment, out _))
        {
            foreach (var option in segment.EnumerateOptions()) _sink += TcpOptionLayouts.Of(option).FixedLength;
        }

        if (packet.Protocol == IpProtocol.Igmp && IgmpReport.TryRead(packet.Payload, out var report, out _))
        {
            foreach (var record in report.EnumerateRecords()) _sink += record.SourceCount;
        }

        if (packet.Protocol != IpProtocol.Icmp || !IcmpMessage.TryRead(packet.Payload, out var icmp, out _)) return;
        foreach (var item in new IcmpExtensionEnumerator(icmp.Extensions))
        {
            _sink += IcmpExtensionLayouts.Of(item).FixedLength;
            if (IcmpInterfaceInformation.TryRead(item, out var information)) _sink += information.Name.Length + (information.Mtu ?? 0);
        }
    }

    private static void WalkIpv6(Ipv6Packet packet)
    {
        foreach (var extension in packet.EnumerateExtensions())
        {
            if (Ipv6Options.TryRead(extension.Bytes, out var options, out _))
            {
                foreach (var option in options.EnumerateOptions()) _sink += Ipv6OptionLayouts.Of(option).FixedLength;
            }

            if (!Ipv6Routing.TryRead(extension.Bytes, out var routing, out _)) continue;
            for (var i = 0; i < routing.AddressCount; i++) _sink += routing.GetAddress(i, packet.Destination).Length;
            foreach (var tlv in new SegmentRoutingTlvEnumerator(routing.Trailer)) _sink += tlv.Bytes.Length;
        }

        if (!packet.TryReadUpperLayer(out var upper, out _)) return;
        if (MldReport.TryRead(upper.Bytes, out var report, out _))
        {
            foreach (var record in report.EnumerateRecords()) _sink += record.SourceCount > 0 ? record.GetSource(0).Length : 0;
        }

        if (!RouterAdvertisement.TryRead(upper.Bytes, out var advertisement, out _)) return;
        foreach (var option in advertisement.EnumerateOptions())
        {
            _sink += NdOptionLayouts.Of(option.Type).FixedLength;
            if (option.TryGetNat64Prefix(out var prefix, out _)) _sink += prefix.Length;
        }
    }

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
    public void Decoding_every_layer_allocates_nothing() => AssertNoAllocation(static () =>
    {
        foreach (var (linkType, frame) in Frames)
        {
            DecodedPacket.Read(linkType, frame, out var packet);
            _sink += (int)packet.Layers + packet.Payload.Length + (int)packet.Source.Value + packet.Fault.Needed;
            foreach (var option in packet.Has(PacketLayers.Tcp) ? packet.Tcp.EnumerateOptions() : default) _sink += (int)option.Kind;
            if (packet.TryReadInner(out var inner)) _sink += inner.TransportOffset;
            if (packet.TryGetDns(out var dns)) _sink += Names(dns);
        }
    });

    [Fact]
    public void A_captures_packets_are_lent_and_their_lines_written_without_allocating()
    {
        const int Part = 1000, Packets = Part * (1 + Allocations.MostRounds);
        var stream = new MemoryStream();
        using (var writer = new PcapngWriter(stream, leaveOpen: true))
        {
            foreach (var linkType in (int[])[LinkType.Ethernet, LinkType.RawIp]) writer.AddInterface(null, linkType);
            for (var i = 0; i < Packets; i++)
            {
                var (linkType, frame) = Frames[i % Frames.Length];
                writer.WritePacket(linkType == LinkType.Ethernet ? 0 : 1, i, frame, frame.Length, PacketDirection.Inbound);
            }
        }

        stream.Position = 0;
        using var reader = new CaptureReader(stream);
        var line = new System.Buffers.ArrayBufferWriter<byte>(1 << 14);
        var at = 0;
        Read();
        Assert.Equal(0, Allocations.Least(Read));

        void Read()
        {
            for (var end = at + Part; at < end; at++)
            {
                Assert.True(reader.TryReadRecord(out var record));
                _sink += record.OriginalLength + (int)record.Direction;
                // IPv4 options and ICMP errors, the first two frames, are left to the dissectors, which allocate.
                if (at % Frames.Length < 2) continue;
                line.ResetWrittenCount();
                Dissector.WriteSummary(record.Interface.LinkType, record.Memory, line);
            }
        }
    }

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

    private static long Names(DnsMessageView dns)
    {
        Span<byte> name = stackalloc byte[DnsName.MaximumWireLength];
        long sum = 0;
        foreach (var question in dns.Questions) sum += question.Name.CopyTo(name);
        foreach (var record in dns.Answers)
        {
            if (record.TryGetAddress(out var address)) sum += (long)address.Value;
            if (record.TryGetTarget(out var target)) sum += target.CopyTo(name);
        }

        return sum;
    }

    private static void AssertNoAllocation(Action action)
    {
        // The first calls compile methods and run static constructors, which allocate.
        for (var i = 0; i < 50; i++) action();
        Assert.Equal(0, Allocations.Least(() =>
        {
            for (var i = 0; i < 200; i++) action();
        }));
    }
}
