using System.Text;
using Fathom.Wire.Dissection;
using Fathom.Wire.Encapsulation;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;
using Dissected = Fathom.Wire.Dissection.Dissection;

namespace Fathom.Wire.Tests.Dissection.Streams;

/// <summary>Messages are read from streams, however the segments cut, order or repeat them (RFC 9293 §3.4, RFC 9112 §2, RFC 1035 §4.2.2).</summary>
public sealed class CaptureDissectorTests
{
    internal const uint Initial = 1000;
    private static readonly IpEndpoint Client = new(IpAddress.FromV4(0xC000_0201), 40000);
    private static readonly IpEndpoint Server = new(IpAddress.FromV4(0xC000_0202), 80);
    private static readonly byte[] Request = Encoding.ASCII.GetBytes("GET /a HTTP/1.1\r\nHost: example\r\n\r\n");

    [Fact]
    public void A_head_is_read_wherever_it_is_cut()
    {
        for (var cut = 1; cut < Request.Length; cut++)
        {
            var capture = new CaptureDissector();
            var first = Send(capture, 1, Initial, Request[..cut]);
            Assert.DoesNotContain(first.Layers, static l => l.Protocol == "http");
            var second = Send(capture, 2, Initial + (uint)cut, Request[cut..]);
            var part = Assert.Single(second.Reassembled);
            Assert.Equal(Request, part.Bytes.ToArray());
            Assert.Equal([1, 2], part.Packets);
            Assert.Equal("example", Assert.Single(part.Layers).Fields.Single(static f => f.Name == "Host").Text);
            Assert.Contains("GET /a HTTP/1.1 (of 2 segments)", second.Summary, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Segments_may_come_in_any_order_and_twice()
    {
        var capture = new CaptureDissector();
        Send(capture, 1, Initial - 1, [], TcpFlags.Syn);
        Assert.Contains("out of order, 10 octets before it", Send(capture, 2, Initial + 10, Request[10..20]).Summary, StringComparison.Ordinal);
        Send(capture, 3, Initial, Request[..10]);
        Assert.Contains("sent before", Send(capture, 4, Initial, Request[..10]).Summary, StringComparison.Ordinal);
        // Overlapping what is there: the first five octets are old.
        var part = Assert.Single(Send(capture, 5, Initial + 15, Request[15..]).Reassembled);
        Assert.Equal(Request, part.Bytes.ToArray());
        Assert.Equal([3, 2, 5], part.Packets);
    }

    [Fact]
    public void A_whole_message_in_one_segment_is_a_layer_of_the_frame()
    {
        var capture = new CaptureDissector();
        var packet = Send(capture, 1, Initial, [.. Request, .. Request]);
        Assert.Empty(packet.Reassembled);
        var http = packet.Layers.Where(static l => l.Protocol == "http").ToArray();
        Assert.Equal([40, 40 + Request.Length], http.Select(static l => l.Offset));
    }

    [Fact]
    public void Content_belongs_to_its_message_even_where_it_looks_like_a_head()
    {
        var capture = new CaptureDissector();
        var inner = "GET /inner HTTP/1.1\r\n\r\n"u8.ToArray();
        var head = Encoding.ASCII.GetBytes($"POST / HTTP/1.1\r\nHost: example\r\nContent-Length: {inner.Length}\r\n\r\n");
        Send(capture, 1, Initial, head);
        var content = Send(capture, 2, Initial + (uint)head.Length, inner);
        Assert.DoesNotContain(content.Layers, static l => l.Protocol == "http");
        Assert.Contains("content of the message", content.Summary, StringComparison.Ordinal);
        Assert.Contains(Send(capture, 3, Initial + (uint)(head.Length + inner.Length), Request).Layers, static l => l.Protocol == "http");
    }

    // RFC 9112 §6.3: a response to HEAD ends with its head, whatever it states.
    [Fact]
    public void A_response_ends_by_its_request()
    {
        var capture = new CaptureDissector();
        Send(capture, 1, Initial, "HEAD / HTTP/1.1\r\nHost: example\r\n\r\n"u8.ToArray());
        var response = "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"u8.ToArray();
        Send(capture, 2, Initial, response, fromServer: true);
        Assert.Contains(Send(capture, 3, Initial + (uint)response.Length, "HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray(), fromServer: true).Layers, static l => l.Protocol == "http");
    }

    [Fact]
    public void What_the_peer_acknowledged_and_nobody_captured_is_not_waited_for()
    {
        var capture = new CaptureDissector();
        Send(capture, 1, Initial - 1, [], TcpFlags.Syn);
        Send(capture, 2, Initial + 500, "rest of something"u8.ToArray());
        Send(capture, 3, Initial, [], fromServer: true, acknowledged: Initial + 517);
        Assert.Contains(Send(capture, 4, Initial + 517, Request).Layers, static l => l.Protocol == "http");
    }

    [Fact]
    public void A_connection_that_begins_anew_is_another_one()
    {
        var capture = new CaptureDissector();
        Send(capture, 1, Initial - 1, [], TcpFlags.Syn);
        Send(capture, 2, Initial, Request[..10]);
        Send(capture, 3, 70_000, [], TcpFlags.Syn);
        Assert.Contains(Send(capture, 4, 70_001, Request).Layers, static l => l.Protocol == "http");
    }

    [Fact]
    public void Fragments_become_their_datagram()
    {
        var data = new byte[3000];
        new Random(1).NextBytes(data);
        var datagram = FrameBuilder.Datagram(Client, Server, data);
        var header = new Ipv4Header { Source = Client.Address, Destination = Server.Address, Protocol = IpProtocol.Udp, TimeToLive = 64, Identification = 7 };
        Assert.True(Ipv4Fragmenter.TryFragment(FrameBuilder.Packet(header, datagram), 1500, out var fragments, out _));
        var capture = new CaptureDissector();
        Dissected? last = null;
        for (var i = 0; i < fragments.Count; i++)
        {
            Assert.True(last is null || last.Reassembled.Count == 0);
            last = capture.Dissect(LinkType.RawIp, fragments[i], i + 1, TimeSpan.FromMilliseconds(i));
        }

        var part = Assert.Single(last!.Reassembled);
        Assert.Equal([1, 2, 3], part.Packets);
        Assert.Equal(datagram, part.Bytes[20..].ToArray());
        Assert.Contains(part.Layers, static l => l is { Protocol: "udp", Offset: 20 });
        Assert.Contains("(of 3 fragments)", last.Summary, StringComparison.Ordinal);
    }

    internal static Dissected Send(CaptureDissector capture, int number, uint sequence, byte[] data, TcpFlags flags = TcpFlags.Ack, bool fromServer = false, uint acknowledged = Initial)
    {
        var (source, destination) = fromServer ? (Server, Client) : (Client, Server);
        var header = new TcpHeader
        {
            SourcePort = source.Port,
            DestinationPort = destination.Port,
            SequenceNumber = new SequenceNumber(sequence),
            AcknowledgmentNumber = new SequenceNumber(flags.HasFlag(TcpFlags.Ack) ? acknowledged : 0),
            Flags = flags,
            Window = 65535,
        };
        var segment = FrameBuilder.Segment(header, data, source.Address, destination.Address);
        var packet = FrameBuilder.Packet(new Ipv4Header { Source = source.Address, Destination = destination.Address, Protocol = IpProtocol.Tcp, TimeToLive = 64 }, segment);
        return capture.Dissect(LinkType.RawIp, packet, number, TimeSpan.FromMilliseconds(number));
    }
}
