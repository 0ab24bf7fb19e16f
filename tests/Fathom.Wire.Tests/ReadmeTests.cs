using Fathom.Wire.Capture;
using Fathom.Wire.Dissection;
using Fathom.Wire.Internet;
using Fathom.Wire.Tests.Dissection;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Tests;

/// <summary>README of Fathom.Wire: its lines, run. What is changed here is changed there (tests/Architecture.Tests compares them).</summary>
public class ReadmeTests
{
    [Fact]
    public void A_capture_is_read()
    {
        var Console = new StringWriter(); // the README's Console
        using var file = File.OpenRead(Path.Combine(ConformancePackets.Require(), "tcpdump/dns_tcp.pcap"));
        using var reader = new CaptureReader(file);
        while (reader.TryReadRecord(out var record))
        {
            DecodedPacket.Read(record.Interface.LinkType, record.Bytes, out var packet);
            if (packet.Has(PacketLayers.Tcp)) Console.WriteLine($"{packet.Source} asks port {packet.Tcp.DestinationPort}: {packet.Tcp.Flags}");
        }

        if (reader.Error.IsError) Console.WriteLine($"The file is damaged: {reader.Error}");
        Assert.Contains("asks port 53", Console.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("damaged", Console.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_packet_is_written_from_the_inside_out()
    {
        var Console = new StringWriter();
        var udp = new UdpHeader(SourcePort: 40000, DestinationPort: 7);
        var ip = new Ipv4Header { TimeToLive = 64, Protocol = IpProtocol.Udp, Source = IpAddress.Parse("192.0.2.1"), Destination = IpAddress.Parse("192.0.2.7") };
        var bytes = new byte[ip.Length + udp.Length + 5];
        "hello"u8.CopyTo(bytes.AsSpan(ip.Length + udp.Length));
        udp.WriteTo(bytes.AsSpan(ip.Length), ip.Source, ip.Destination);
        ip.WriteTo(bytes);
        foreach (var layer in Dissector.Dissect(LinkType.RawIp, bytes).Layers) Console.WriteLine(layer.Summary);
        Assert.Contains("192.0.2.7", Console.ToString(), StringComparison.Ordinal);
        Assert.True(Ipv4Packet.TryRead(bytes, out var packet, out _) && UdpDatagram.TryRead(packet.Payload, out var datagram, out _)
            && datagram.ChecksumIsValid(packet.Source, packet.Destination) && datagram.Payload.SequenceEqual("hello"u8));
    }
}
