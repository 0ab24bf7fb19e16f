using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Stack.Tests.Support;

/// <summary>Frames and packets made by hand, and what is read of those that were sent.</summary>
internal static class Frames
{
    public static byte[] Arp(ArpOperation operation, MacAddress from, string sender, MacAddress to, string target, MacAddress? frameTo = null)
    {
        var frame = new byte[EthernetFrame.HeaderLength + 28];
        new ArpHeader(operation, from, IpAddress.Parse(sender), to, IpAddress.Parse(target)).WriteTo(frame.AsSpan(EthernetFrame.HeaderLength));
        new EthernetHeader(frameTo ?? MacAddress.Broadcast, from, EtherType.Arp).WriteTo(frame);
        return frame;
    }

    public static byte[] Ethernet(MacAddress from, MacAddress to, byte[] packet)
    {
        var frame = new byte[EthernetFrame.HeaderLength + packet.Length];
        packet.CopyTo(frame, EthernetFrame.HeaderLength);
        new EthernetHeader(to, from, packet[0] >> 4 == 6 ? EtherType.Ipv6 : EtherType.Ipv4).WriteTo(frame);
        return frame;
    }

    public static byte[] V4(string source, string destination, IpProtocol protocol, ReadOnlySpan<byte> payload, byte timeToLive = 64, bool dontFragment = false, byte[]? options = null)
    {
        var header = new Ipv4Header
        {
            TimeToLive = timeToLive,
            Protocol = protocol,
            Source = IpAddress.Parse(source),
            Destination = IpAddress.Parse(destination),
            DontFragment = dontFragment,
            Options = options,
        };
        var packet = new byte[header.Length + payload.Length];
        payload.CopyTo(packet.AsSpan(header.Length));
        header.WriteTo(packet);
        return packet;
    }

    public static byte[] V6(string source, string destination, IpProtocol next, ReadOnlySpan<byte> payload, byte hopLimit = 64)
    {
        var packet = new byte[40 + payload.Length];
        payload.CopyTo(packet.AsSpan(40));
        new Ipv6Header { HopLimit = hopLimit, NextHeader = next, Source = IpAddress.Parse(source), Destination = IpAddress.Parse(destination) }.WriteTo(packet);
        return packet;
    }

    /// <summary>An ICMPv6 message whose first octets are there but for the checksum.</summary>
    public static byte[] Icmpv6(string source, string destination, byte[] message, byte hopLimit = 255)
    {
        message[2] = message[3] = 0;
        var sum = InternetChecksum.Compute(message, IpAddress.Parse(source), IpAddress.Parse(destination), IpProtocol.Icmpv6);
        (message[2], message[3]) = ((byte)(sum >> 8), (byte)sum);
        return V6(source, destination, IpProtocol.Icmpv6, message, hopLimit);
    }

    public static byte[] Icmp(IcmpHeader header, ReadOnlySpan<byte> body)
    {
        var message = new byte[8 + body.Length];
        body.CopyTo(message.AsSpan(8));
        header.WriteTo(message);
        return message;
    }

    public static EtherType TypeOf(byte[] frame) => EthernetFrame.TryRead(frame, out var view, out _) ? view.EtherType : default;

    /// <summary>"request 10.0.0.1 02:…:01 > 10.0.0.2 to ff:…".</summary>
    public static string ArpText(byte[] frame)
    {
        Assert.True(EthernetFrame.TryRead(frame, out var ethernet, out _));
        Assert.True(ArpPacket.TryRead(ethernet.Payload, out var arp, out _));
        return $"{(arp.Operation == ArpOperation.Request ? "request" : "reply")} {arp.SenderAddress} at {arp.SenderMac} about {arp.TargetAddress} to {ethernet.Destination}";
    }

    /// <summary>The IPv6 packet's ICMPv6 type, or 0.</summary>
    public static Icmpv6Type Icmpv6TypeOf(byte[] frame)
    {
        if (TypeOf(frame) != EtherType.Ipv6 || !Ipv6Packet.TryRead(frame.AsSpan(14), out var packet, out _) || !packet.TryReadUpperLayer(out var upper, out _)) return default;
        return upper.Protocol == IpProtocol.Icmpv6 && Icmpv6Message.TryRead(upper.Bytes, out var message, out _) ? message.Type : default;
    }
}
