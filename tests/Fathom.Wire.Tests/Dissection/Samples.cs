using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Tests.Dissection;

/// <summary>Valid packets, built from the inside out as a sender builds them.</summary>
internal static class Samples
{
    internal static readonly IpAddress V4A = IpAddress.Parse("192.0.2.1");
    internal static readonly IpAddress V4B = IpAddress.Parse("198.51.100.7");
    internal static readonly IpAddress V6A = IpAddress.Parse("2001:db8::1");
    internal static readonly IpAddress V6B = IpAddress.Parse("2001:db8:1::2");
    internal static readonly IpAddress GroupV4 = IpAddress.Parse("232.1.2.3");
    internal static readonly IpAddress GroupV6 = IpAddress.Parse("ff02::1:ff00:7");
    internal static readonly MacAddress MacA = MacAddress.FromValue(0x02_0000_0000_0A);
    internal static readonly MacAddress MacB = MacAddress.FromValue(0x02_0000_0000_0B);
    internal static readonly byte[] Data = [1, 2, 3, 4, 5, 6, 7];

    internal static byte[] Build(IWireHeader header, params byte[] payload)
    {
        var bytes = new byte[header.Length + payload.Length];
        payload.CopyTo(bytes, header.Length);
        Assert.Equal(header.Length, header.WriteTo(bytes));
        return bytes;
    }

    internal static byte[] Ethernet(EtherType type, byte[] payload) => Build(new EthernetHeader(MacB, MacA, type), payload);

    internal static byte[] Ipv4(IpProtocol protocol, byte[] payload, byte[]? options = null) => Build(
        new Ipv4Header
        {
            TimeToLive = 64,
            Protocol = protocol,
            Source = V4A,
            Destination = V4B,
            Identification = 0x1234,
            Dscp = 46,
            Ecn = Ecn.Capable0,
            DontFragment = true,
            Options = options,
        },
        payload);

    internal static byte[] Ipv6(IpProtocol next, byte[] payload) => Build(
        new Ipv6Header { HopLimit = 64, NextHeader = next, Source = V6A, Destination = V6B, Dscp = 10, Ecn = Ecn.Capable1, FlowLabel = 0xABCDE }, payload);

    internal static byte[] Udp(IpAddress source, IpAddress destination, byte[] payload)
    {
        var header = new UdpHeader(40000, 53);
        var bytes = Build(header, payload);
        header.WriteTo(bytes, source, destination);
        return bytes;
    }

    internal static TcpHeader SynHeader => new()
    {
        SourcePort = 40112,
        DestinationPort = 443,
        SequenceNumber = new SequenceNumber(0xFFFF_FFF0),
        Flags = TcpFlags.Syn,
        Window = 64240,
        Options = new TcpOptions { MaximumSegmentSize = 1460, SackPermitted = true, Timestamps = new TcpTimestamps(7, 0), WindowScale = 7 },
    };

    internal static byte[] Tcp(IpAddress source, IpAddress destination, TcpHeader header, params byte[] payload)
    {
        var bytes = Build(header, payload);
        header.WriteTo(bytes, source, destination);
        return bytes;
    }

    internal static byte[] Icmpv6(Icmpv6Header header, params byte[] body)
    {
        var bytes = Build(header, body);
        header.WriteTo(bytes, V6A, V6B);
        return bytes;
    }

    internal static byte[] LinkLayerOption(NdOptionType type)
    {
        var option = new byte[8];
        NdOptionWriter.WriteLinkLayerAddress(option, type, MacA);
        return option;
    }

    internal static byte[] GroupRecord(IpAddress group, params IpAddress[] sources)
        => Build(new MulticastGroupRecordHeader(sources.Length == 0 ? MulticastRecordType.ChangeToExclude : MulticastRecordType.ModeIsInclude, group, sources));

    internal static byte[] Arp => Build(new ArpHeader(ArpOperation.Reply, MacA, V4A, MacB, V4B));
}
