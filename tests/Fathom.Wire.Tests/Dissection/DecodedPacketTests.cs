using Fathom.Wire.Application.Dns;
using Fathom.Wire.Dissection;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Wire.Tests.Dissection;

/// <summary>The decoder finds the layers that the dissector finds, whose fields are compared with TShark's.</summary>
public class DecodedPacketTests
{
    private static readonly (PacketLayers Layer, string Protocol)[] Names =
    [
        (PacketLayers.Ethernet, "ethernet"), (PacketLayers.Vlan, "vlan"), (PacketLayers.Arp, "arp"), (PacketLayers.Ipv4, "ipv4"), (PacketLayers.Ipv6, "ipv6"),
        (PacketLayers.Icmp, "icmp"), (PacketLayers.Icmpv6, "icmpv6"), (PacketLayers.Udp, "udp"), (PacketLayers.Tcp, "tcp"),
    ];

    [Fact]
    public void Layers_fields_and_payloads_are_the_dissectors()
    {
        var differences = new List<string>();
        var seen = PacketLayers.None;
        foreach (var (where, linkType, bytes) in ConformanceFrames.AllAndDamaged())
        {
            DecodedPacket.Read(linkType, bytes.Span, out var packet);
            seen |= packet.Layers;
            var dissection = Dissector.Dissect(linkType, bytes);
            // A tunnel's inner layers, and those that an error quotes, are another packet's.
            var own = dissection.Layers.TakeWhile((l, i) => !l.IsQuoted && !(l.Protocol is "ipv4" or "ipv6" && dissection.Layers.Take(i).Any(o => o.Protocol is "ipv4" or "ipv6"))).ToArray();
            foreach (var (layer, protocol) in Names)
            {
                // The dissector also shows what is left of a header that cannot be read, and then there is a fault; and each version's ICMP in the other.
                var found = own.LastOrDefault(l => l.Protocol == protocol);
                if (packet.Has(layer) && found is null) differences.Add($"{where}: {protocol} is decoded and not dissected");
                else if (!packet.Has(layer) && found is not null && dissection.Fault is null && !packet.IsFragment && !own.Any(static l => l.Protocol == "ah") && !(packet.Protocol == IpProtocol.Icmp && packet.Has(PacketLayers.Ipv6)) && !(packet.Protocol == IpProtocol.Icmpv6 && packet.Has(PacketLayers.Ipv4))) differences.Add($"{where}: {protocol} is dissected and not decoded");
            }

            if (packet.IsDamaged != packet.Fault.IsError) differences.Add($"{where}: damaged, and the fault is {packet.Fault}");
            if (packet.Fault.IsError && dissection.Fault is null) differences.Add($"{where}: {packet.Fault}, and the dissector sees no fault");
            if (packet.Has(PacketLayers.Tcp)) Compare(differences, where, own, "tcp", ("sourcePort", packet.Tcp.SourcePort), ("sequenceNumber", packet.Tcp.SequenceNumber.Value), ("window", packet.Tcp.Window));
            if (packet.Has(PacketLayers.Udp)) Compare(differences, where, own, "udp", ("destinationPort", packet.Udp.DestinationPort), ("length", packet.Udp.Length));
            if (packet.Has(PacketLayers.Ipv4)) Compare(differences, where, own, "ipv4", ("protocol", (ulong)packet.Ipv4.Protocol), ("destination", (ulong)packet.Destination.Value));
            if (packet.Has(PacketLayers.Ipv6)) Compare(differences, where, own, "ipv6", ("flowLabel", packet.Ipv6.FlowLabel), ("hopLimit", packet.Ipv6.HopLimit));
            if (packet.PayloadOffset + packet.Payload.Length > bytes.Length) differences.Add($"{where}: the payload ends outside the frame");
            if (!packet.Payload.IsEmpty && !bytes.Span.Slice(packet.PayloadOffset, packet.Payload.Length).SequenceEqual(packet.Payload)) differences.Add($"{where}: the payload's offset is wrong");
        }

        Assert.True(differences.Count == 0, $"{differences.Count}:\n{string.Join('\n', differences.Take(20))}");
        foreach (var (layer, _) in Names) Assert.True((seen & layer) != 0, $"no frame has {layer}");
    }

    [Fact]
    public void Dns_views_are_the_messages()
    {
        var messages = 0;
        foreach (var (where, linkType, bytes) in ConformanceFrames.AllAndDamaged())
        {
            DecodedPacket.Read(linkType, bytes.Span, out var packet);
            var hasView = packet.TryGetDns(out var view);
            if (!packet.Has(PacketLayers.Udp) || !DnsMessage.TryRead(packet.Payload, out var message, out _)) continue;
            if (packet.Udp.SourcePort != 53 && packet.Udp.DestinationPort != 53) continue;
            Assert.True(hasView, where);
            messages++;
            var questions = new List<DnsQuestion>();
            foreach (var question in view.Questions) questions.Add(new DnsQuestion(question.Name.ToName(), question.Type, question.Class));
            Assert.Equal(message.Questions, questions);
            Assert.Equal((message.Id, message.IsResponse, message.TrailingLength), (view.Header.Id, view.Header.IsResponse, view.TrailingLength));
            CompareRecords(message.Answers, view.Answers);
            CompareRecords(message.Authorities, view.Authorities);
            CompareRecords(message.Additionals, view.Additionals);
        }

        Assert.True(messages > 400, $"only {messages} messages");
    }

    [Fact]
    public void What_is_inside_a_tunnel_or_a_quote_is_a_packet_of_its_own()
    {
        var inner = Samples.Ipv4(IpProtocol.Udp, Samples.Udp(Samples.V4A, Samples.V4B, Samples.Data));
        DecodedPacket.Read(LinkType.RawIp, Samples.Ipv6(IpProtocol.Ipv4, inner), out var tunnel);
        Assert.True(tunnel.TryReadInner(out var carried));
        Assert.Equal((PacketLayers.Ipv4 | PacketLayers.Udp, 53), (carried.Layers, carried.Udp.DestinationPort));

        var error = Samples.Build(new IcmpHeader(IcmpType.TimeExceeded, 0, 0), inner[..28]);
        DecodedPacket.Read(LinkType.Ethernet, Samples.Ethernet(EtherType.Ipv4, Samples.Ipv4(IpProtocol.Icmp, error)), out var report);
        Assert.True(report.TryReadInner(out var quoted));
        Assert.Equal((53, WireErrorKind.TooShort), (quoted.Udp.DestinationPort, quoted.Fault.Kind));
        Assert.False(quoted.TryReadInner(out _));
    }

    private static void CompareRecords(IReadOnlyList<DnsRecord> expected, DnsRecordEnumerator actual)
    {
        var index = 0;
        foreach (var record in actual)
        {
            if (record.Type == DnsType.Opt) continue;
            var wanted = expected[index++];
            Assert.Equal((wanted.Name, wanted.Type, wanted.Class, wanted.TimeToLive), (record.Name.ToName(), record.Type, record.Class, record.TimeToLive));
            Assert.Equal(wanted.Name.ToString(), record.Name.ToString());
            if (wanted.Class != DnsClass.Internet) continue;
            var address = wanted.Data switch { DnsData.A a => a.Address, DnsData.Aaaa a => a.Address, _ => (IpAddress?)null };
            Assert.Equal(address, record.TryGetAddress(out var found) ? found : null);
            var target = wanted.Data switch { DnsData.CName c => c.Target, DnsData.Ptr p => p.Target, DnsData.Mx m => m.Exchange, DnsData.Srv s => s.Target, _ => null };
            if (target is not null) Assert.Equal(target, record.TryGetTarget(out var name) ? name.ToName() : null);
        }

        Assert.Equal(expected.Count, index);
    }

    private static void Compare(List<string> differences, string where, DissectedLayer[] layers, string protocol, params (string Name, ulong Value)[] fields)
    {
        var layer = layers.Last(l => l.Protocol == protocol);
        foreach (var (name, value) in fields)
        {
            var number = layer.Fields.First(f => f.Name == name).Number;
            if (number != value) differences.Add($"{where} {protocol}.{name}: dissected {number}, decoded {value}");
        }
    }
}
