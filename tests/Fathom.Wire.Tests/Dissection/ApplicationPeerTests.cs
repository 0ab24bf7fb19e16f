using Fathom.Wire.Application.Dhcp;
using Fathom.Wire.Application.Dhcpv6;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Application.Ntp;
using Fathom.Wire.Application.Tls;
using Fathom.Wire.Capture;
using Fathom.Wire.Dissection;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Tests.Dissection;

/// <summary>Applications' fields against TShark's: of captures whose expectations name only the protocol, and of messages that Fathom writes.</summary>
public sealed class ApplicationPeerTests(ITestOutputHelper output)
{
    private static readonly PeerField[] Dhcpv6 =
    [
        new("dhcpv6.msgtype", "msgType"),
        new("dhcpv6.xid", "transactionId"),
        new("dhcpv6.hopcount", "hopCount"),
        new("dhcpv6.linkaddr", "linkAddress", true),
        new("dhcpv6.peeraddr", "peerAddress", true),
        new("dhcpv6.requested_option_code", "optionRequest", true),
        new("dhcpv6.duidll.link_layer_addr", "clientId", true),
        new("dhcpv6.duidllt.link_layer_addr", "clientId", true),
        new("dhcpv6.iaid.t1", "iaNa,iaPd", true),
        new("dhcpv6.iaaddr.ip", "iaAddress", true),
        new("dhcpv6.iaprefix.pref_addr", "iaPrefix", true),
        new("dhcpv6.iaprefix.valid_lifetime", "iaPrefix", true),
    ];

    private static readonly PeerField[] Ntp =
    [
        new("ntp.flags.li", "leapIndicator"),
        new("ntp.flags.vn", "version"),
        new("ntp.flags.mode", "mode"),
        new("ntp.stratum", "stratum"),
        new("ntp.rootdelay", "rootDelay"),
        new("ntp.rootdispersion", "rootDispersion"),
        new("ntp.reftime", "referenceTimestamp", true),
        new("ntp.org", "originTimestamp", true),
        new("ntp.rec", "receiveTimestamp", true),
        new("ntp.xmt", "transmitTimestamp", true),
        new("ntp.ext.type", "extensionField"),
    ];

    private static readonly PeerField[] Quic =
    [
        new("quic.header_form", "headerForm"),
        new("quic.version", "version"),
        new("quic.dcid", "destinationConnectionId", true),
        new("quic.scid", "sourceConnectionId", true),
        new("quic.token_length", "tokenLength"),
        new("quic.token", "token", true),
        new("quic.length", "length"),
    ];

    private static readonly PeerField[] Dhcp =
    [
        new("dhcp.id", "xid"),
        new("dhcp.secs", "secs"),
        new("dhcp.flags.bc", "broadcast"),
        new("dhcp.hw.mac_addr", "chaddr", true),
        new("dhcp.option.requested_ip_address", "requestedAddress", true),
        new("dhcp.option.hostname", "hostName", true),
        new("dhcp.option.request_list_item", "parameterRequestList", true),
    ];

    private static readonly PeerField[] Tls =
    [
        new("tls.record.version", "version"),
        new("tls.record.length", "length"),
        new("tls.handshake.type", "handshakeType"),
        new("tls.handshake.ciphersuite", "cipherSuite"),
        new("tls.handshake.extensions_server_name", "serverName", true),
        new("tls.handshake.extensions_key_share_group", "keyShare"),
        new("tls.alert_message.level", "alertLevel"),
        new("tls.alert_message.desc", "alertDescription"),
    ];

    [Theory]
    [InlineData("wireshark/logistics_multicast.pcapng", "dhcpv6")]
    [InlineData("wireshark/ntp.pcap", "ntp")]
    [InlineData("wireshark/dns-mdns.pcap", "ntp")]
    [InlineData("wireshark/many_interfaces.1.pcapng", "ntp")]
    public Task Captures_read_as_tshark_reads_them(string capture, string protocol)
        => CompareAsync(Path.Combine(ConformancePackets.Require(), capture), protocol, protocol == "ntp" ? Ntp : Dhcpv6);

    [Fact]
    public async Task What_Fathom_writes_tshark_reads()
    {
        byte[] longRoutes = [.. Enumerable.Range(0, 60).SelectMany(static i => new byte[] { 24, 10, 0, (byte)i, 192, 0, 2, 1 })];
        var offer = Samples.Build(new DhcpHeader
        {
            Operation = DhcpOperation.Reply,
            TransactionId = 7,
            YourAddress = Samples.V4B,
            ClientMac = Samples.MacB,
            Options = new DhcpOptionList().Add(DhcpMessageType.Offer).Add(DhcpOptionCode.ServerIdentifier, Samples.V4A).Add(DhcpOptionCode.LeaseTime, 3600u).Add(DhcpOptionCode.InterfaceMtu, (ushort)1400).Add(DhcpOptionCode.ClasslessStaticRoute, longRoutes),
        });
        await CompareBuiltAsync("dhcp", 67, Dhcp, ApplicationSamples.Discover, offer);
        await CompareBuiltAsync("dhcpv6", 547, Dhcpv6, ApplicationSamples.Solicit, ApplicationSamples.Relay(ApplicationSamples.Solicit));
        await CompareBuiltAsync("ntp", 123, Ntp, ApplicationSamples.Ntp, Samples.Build(new NtpHeader { TransmitTimestamp = NtpTimestamp.FromTime(new DateTimeOffset(2026, 11, 26, 1, 2, 3, 456, TimeSpan.Zero)) }));
        await CompareBuiltAsync("quic", 443, Quic, ApplicationSamples.QuicInitial);
    }

    [Fact]
    public async Task Multicast_names_have_the_bits_that_tshark_sees()
    {
        var question = new DnsMessage { Questions = [new DnsQuestion(DnsName.Parse("printer.local"), DnsType.A, (DnsClass)0x8001)] }.ToBytes();
        var answer = new DnsMessage { IsResponse = true, Authoritative = true, Answers = [new DnsRecord(DnsName.Parse("printer.local"), DnsType.A, (DnsClass)0x8001, 120, new DnsData.A(Samples.V4A))] }.ToBytes();
        await CompareBuiltAsync("mdns", 5353, [new("dns.qry.qu", "unicastResponse"), new("dns.resp.cache_flush", "cacheFlush")], question, answer);
        var conflict = ApplicationSamples.DnsQuery.ToArray();
        conflict[2] = 0x07;
        await CompareBuiltAsync("llmnr", 5355, [new("dns.flags.conflict", "c"), new("dns.flags.truncated", "tc"), new("dns.flags.tentative", "t")], ApplicationSamples.DnsQuery, conflict);
    }

    [Fact]
    public async Task Records_of_TLS_are_those_that_tshark_sees()
    {
        byte[] flight =
        [
            .. ApplicationSamples.Record(TlsContentType.Handshake, ApplicationSamples.Handshake(TlsHandshakeType.ServerHello, ApplicationSamples.ServerHello)),
            .. ApplicationSamples.Record(TlsContentType.ChangeCipherSpec, [1]), .. ApplicationSamples.Record(TlsContentType.ApplicationData, new byte[40]),
        ];
        byte[][] payloads = [ApplicationSamples.ClientHelloRecord, flight, ApplicationSamples.Record(TlsContentType.Alert, [2, 40])];
        var path = Write(payloads.Select(static (payload, i) => Packet(IpProtocol.Tcp, 443, payload, (ushort)(40000 + i))));
        try
        {
            // One share of a server is one number; a client's are in the text.
            await CompareAsync(path, "tls", [.. Tls.Where(static f => f.Ours != "keyShare")]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private async Task CompareBuiltAsync(string protocol, ushort port, PeerField[] fields, params byte[][] payloads)
    {
        var path = Write(payloads.Select((payload, i) => Packet(IpProtocol.Udp, port, payload, (ushort)(40000 + i))));
        try
        {
            await CompareAsync(path, protocol, fields);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private async Task CompareAsync(string path, string protocol, PeerField[] fields)
    {
        var answers = await Tshark.AskAsync(path, protocol, [.. fields.Select(static f => f.Theirs)]);
        var differences = new List<string>();
        var compared = 0;
        using var reader = new CaptureReader(File.OpenRead(path));
        for (var number = 1; reader.TryRead(out var packet); number++)
        {
            if (!answers.TryGetValue(number, out var values)) continue;
            var layer = Dissector.Dissect(packet.Interface.LinkType, packet.Bytes).Layers.FirstOrDefault(l => l.Protocol == protocol);
            if (layer is null)
            {
                differences.Add($"#{number}: {protocol} not found");
                continue;
            }

            for (var i = 0; i < fields.Length; i++)
            {
                compared++;
                if (fields[i].Difference(values[i], layer) is { } difference) differences.Add($"#{number} {difference}");
            }
        }

        output.WriteLine($"{protocol}: {answers.Count} packets, {compared} values compared");
        Assert.True(differences.Count == 0, string.Join('\n', differences.Take(20)));
    }

    internal static byte[] Packet(IpProtocol transport, ushort port, byte[] payload, ushort source)
    {
        byte[] segment;
        if (transport == IpProtocol.Udp)
        {
            segment = Samples.Build(new UdpHeader(source, port), payload);
            new UdpHeader(source, port).WriteTo(segment, Samples.V6A, Samples.V6B);
        }
        else
        {
            var header = new TcpHeader { SourcePort = source, DestinationPort = port, Flags = TcpFlags.Ack | TcpFlags.Psh, Window = 500 };
            segment = Samples.Build(header, payload);
            header.WriteTo(segment, Samples.V6A, Samples.V6B);
        }

        return Samples.Ipv6(transport, segment);
    }

    internal static string Write(IEnumerable<byte[]> packets)
    {
        var path = Path.GetTempFileName();
        using var stream = File.Create(path);
        using var writer = new BinaryWriter(stream);
        foreach (var word in (ReadOnlySpan<uint>)[0xA1B2C3D4, 0x0004_0002, 0, 0, 65535, LinkType.RawIp]) writer.Write(word);
        foreach (var packet in packets)
        {
            foreach (var word in (ReadOnlySpan<uint>)[0, 0, (uint)packet.Length, (uint)packet.Length]) writer.Write(word);
            writer.Write(packet);
        }

        return path;
    }
}
