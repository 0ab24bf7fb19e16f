using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Encapsulation;

/// <summary>Puts a header around a payload, layer by layer, from the inside out. Every length and checksum is computed.</summary>
public static class FrameBuilder
{
    /// <summary>A TCP segment with its checksum.</summary>
    /// <param name="header">The header.</param>
    /// <param name="data">The data.</param>
    /// <param name="source">The packet's source, for the pseudo-header.</param>
    /// <param name="destination">The packet's destination.</param>
    public static byte[] Segment(TcpHeader header, ReadOnlySpan<byte> data, IpAddress source, IpAddress destination)
    {
        var segment = new byte[header.Length + data.Length];
        data.CopyTo(segment.AsSpan(header.Length));
        header.WriteTo(segment, source, destination);
        return segment;
    }

    /// <summary>A UDP datagram with its checksum.</summary>
    /// <param name="source">The sender.</param>
    /// <param name="destination">The receiver, of the same version.</param>
    /// <param name="data">The data; with the header at most 65,535 octets.</param>
    public static byte[] Datagram(IpEndpoint source, IpEndpoint destination, ReadOnlySpan<byte> data)
    {
        var datagram = new byte[UdpDatagram.HeaderLength + data.Length];
        data.CopyTo(datagram.AsSpan(UdpDatagram.HeaderLength));
        new UdpHeader(source.Port, destination.Port).WriteTo(datagram, source.Address, destination.Address);
        return datagram;
    }

    /// <summary>An IPv4 packet.</summary>
    /// <param name="header">The header.</param>
    /// <param name="payload">The payload.</param>
    public static byte[] Packet(Ipv4Header header, ReadOnlySpan<byte> payload) => Wrap(header, payload);

    /// <summary>An IPv6 packet.</summary>
    /// <param name="header">The header.</param>
    /// <param name="payload">Extension headers and upper layer.</param>
    public static byte[] Packet(Ipv6Header header, ReadOnlySpan<byte> payload) => Wrap(header, payload);

    /// <summary>An Ethernet II frame without preamble, padding and frame check sequence: the network adapter adds those.</summary>
    /// <param name="header">The header.</param>
    /// <param name="packet">The packet.</param>
    public static byte[] Frame(EthernetHeader header, ReadOnlySpan<byte> packet) => Wrap(header, packet);

    private static byte[] Wrap<THeader>(THeader header, ReadOnlySpan<byte> payload)
        where THeader : struct, IWireHeader
    {
        var bytes = new byte[header.Length + payload.Length];
        payload.CopyTo(bytes.AsSpan(header.Length));
        header.WriteTo(bytes);
        return bytes;
    }
}
