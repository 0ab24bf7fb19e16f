using System.Buffers.Binary;
using Fathom.Stack.Buffers;
using Fathom.Stack.Internet;
using Fathom.Stack.Link;
using Fathom.Stack.Tests.Support;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Tests.Internet;

/// <summary>What a device leaves undone is done before the packet leaves through one that expects it done.</summary>
public class OffloadTests
{
    [Theory]
    [InlineData("10.1.0.1", "10.2.0.1")]
    [InlineData("fd01::1", "fd02::1")]
    public void Several_segments_in_one_packet_leave_one_by_one(string source, string destination)
    {
        var (from, to) = (IpAddress.Parse(source), IpAddress.Parse(destination));
        var hosts = new RoutedHosts();
        var payload = new byte[5000];
        new Random(1).NextBytes(payload);
        var segment = new byte[20 + payload.Length];
        payload.CopyTo(segment, 20);
        new TcpHeader { SourcePort = 1, DestinationPort = 2, SequenceNumber = new SequenceNumber(uint.MaxValue - 1000), Flags = TcpFlags.Ack | TcpFlags.Psh | TcpFlags.Fin | TcpFlags.Cwr }
            .WriteTo(segment, from, to);
        var packet = from.IsV4 ? Frames.V4(source, destination, IpProtocol.Tcp, segment, dontFragment: true) : Frames.V6(source, destination, IpProtocol.Tcp, segment);
        var buffer = hosts.Router.Pool.Rent(packet.Length);
        packet.CopyTo(buffer.Append(packet.Length));
        (buffer.SegmentSize, buffer.TransportHeaderLength, buffer.TransportLength, buffer.Checksum) = (1400, 20, segment.Length, ChecksumState.Partial);
        hosts.Router.Receive(hosts.RouterPorts[0].Interface, buffer, hosts.RightWire.Now);
        var got = new List<byte>();
        var count = 0;
        while (hosts.Router.TryTransmit(hosts.RouterPorts[1].Interface, hosts.RightWire.Now, out var frame))
        {
            ReadOnlySpan<byte> transport = default;
            if (Ipv4Packet.TryRead(frame.Span, out var v4, out _))
            {
                Assert.True(v4.ChecksumIsValid);
                transport = v4.Payload;
            }
            else if (Ipv6Packet.TryRead(frame.Span, out var v6, out _))
            {
                transport = v6.Payload;
            }

            Assert.True(InternetChecksum.Verify(transport, from, to, IpProtocol.Tcp));
            Assert.True(TcpSegment.TryRead(transport, out var piece, out _));
            Assert.Equal(unchecked(uint.MaxValue - 1000 + (uint)got.Count), piece.SequenceNumber.Value);
            got.AddRange(piece.Payload);
            var expected = TcpFlags.Ack | (count == 0 ? TcpFlags.Cwr : TcpFlags.None) | (got.Count == payload.Length ? TcpFlags.Psh | TcpFlags.Fin : TcpFlags.None);
            Assert.Equal(expected, piece.Flags);
            count++;
            hosts.Router.Pool.Return(frame);
        }

        Assert.Equal(4, count);
        Assert.Equal(payload, got);
        Assert.Equal(0, hosts.Router.Pool.Rented);
    }

    [Theory]
    [InlineData("10.1.0.1", "10.2.0.1", true)]
    [InlineData("fd01::1", "fd02::1", true)]
    [InlineData("10.1.0.1", "10.2.0.1", false)]
    public void A_checksum_that_a_device_was_to_complete_is_completed(string source, string destination, bool isUdp)
    {
        var (from, to) = (IpAddress.Parse(source), IpAddress.Parse(destination));
        var protocol = isUdp ? IpProtocol.Udp : IpProtocol.Tcp;
        var hosts = new RoutedHosts();
        var transport = new byte[61];
        new Random(3).NextBytes(transport);
        transport[12] = 0x50;
        (transport[4], transport[5]) = isUdp ? ((byte)0, (byte)61) : (transport[4], transport[5]);
        var pseudo = default(InternetChecksum);
        pseudo.AddPseudoHeader(from, to, protocol, transport.Length);
        BinaryPrimitives.WriteUInt16BigEndian(transport.AsSpan(isUdp ? 6 : 16), (ushort)~pseudo.Value);
        var packet = from.IsV4 ? Frames.V4(source, destination, protocol, transport) : Frames.V6(source, destination, protocol, transport);
        var buffer = hosts.Router.Pool.Rent(packet.Length);
        packet.CopyTo(buffer.Append(packet.Length));
        (buffer.Checksum, buffer.TransportLength) = (ChecksumState.Partial, transport.Length);
        hosts.Router.Receive(hosts.RouterPorts[0].Interface, buffer, hosts.RightWire.Now);
        Assert.True(hosts.Router.TryTransmit(hosts.RouterPorts[1].Interface, hosts.RightWire.Now, out var frame));
        Assert.Equal(ChecksumState.Complete, frame.Checksum);
        Assert.True(InternetChecksum.Verify(frame.Span[^61..], from, to, protocol));
    }

    [Fact]
    public void A_device_that_completes_checksums_gets_them_incomplete()
    {
        var hosts = new TwoHosts(offloads: InterfaceOffloads.Checksum);
        TwoHosts.Open(hosts.Left, "0.0.0.0", 5000).Send("x"u8, new IpEndpoint(TwoHosts.RightV4, 7));
        Assert.True(hosts.Left.TryTransmit(hosts.LeftPort.Interface, hosts.Wire.Now, out var frame));
        Assert.Equal((ChecksumState.Partial, 9), (frame.Checksum, frame.TransportLength));
        Assert.True(PartialChecksum.Complete(frame, IpProtocol.Udp));
        Assert.True(InternetChecksum.Verify(frame.Span[20..], TwoHosts.LeftV4, TwoHosts.RightV4, IpProtocol.Udp));
    }
}
