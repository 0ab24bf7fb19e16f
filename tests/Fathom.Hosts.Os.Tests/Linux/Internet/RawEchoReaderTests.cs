using System.Buffers.Binary;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Os.Linux.Internet;
using Fathom.Hosts.Os.Linux.Native;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Os.Tests.Linux.Internet;

/// <summary>What a raw ICMP socket may hand over: ours, others', and damaged.</summary>
public sealed class RawEchoReaderTests
{
    // IPv4 from 192.0.2.7 to 192.0.2.1, TTL 61, echo reply, identifier 0x1234, sequence 5, four octets of data.
    private const string Reply = "4500 0020 0000 0000 3D01 0000 C0000207 C0000201 0000 0000 1234 0005 DEADBEEF";

    // From router 198.51.100.9: fragmentation needed, MTU 1300, quoting an echo request of ours to 203.0.113.5.
    private const string TooBig =
        "4500 0038 0000 0000 4001 0000 C6336409 C0000201 0304 0000 0000 0514 4500 05DC 0000 4000 3F01 0000 C0000201 CB007105 0800 0000 1234 0007";

    // ICMPv6 time exceeded quoting an echo request of ours to 2001:db8::5.
    private const string Exceeded =
        "0300 0000 00000000 6000 0000 0008 3A 01 20010DB8000000000000000000000001 20010DB8000000000000000000000005 8000 0000 1234 0009";

    [Fact]
    public void A_reply_is_matched_by_its_identifier()
    {
        var reply = Assert.IsType<EchoEvent.Reply>(RawEchoReader.ReadV4(Bytes(Reply), 0x1234, 99));
        Assert.Equal(("192.0.2.7", 5, 61, 4, 99L), (reply.From.ToString(), reply.Sequence, reply.HopLimit ?? 0, reply.DataLength, reply.Timestamp));
        Assert.Null(RawEchoReader.ReadV4(Bytes(Reply), 0x1235, 99));
    }

    [Fact]
    public void An_error_is_matched_by_what_it_quotes()
    {
        var failed = Assert.IsType<EchoEvent.Failed>(RawEchoReader.ReadV4(Bytes(TooBig), 0x1234, 99));
        Assert.Equal((ushort)7, failed.Sequence);
        Assert.Equal((NetworkErrorOrigin.Icmp, (byte)3, (byte)4, 1300), (failed.Error.Origin, failed.Error.Type, failed.Error.Code, failed.Error.NextHopMtu ?? 0));
        Assert.Equal(("198.51.100.9", "203.0.113.5"), (failed.Error.Reporter.ToString(), failed.Error.Destination!.Value.Address.ToString()));
        Assert.Equal(8, failed.Error.Quoted.Length);
        Assert.Null(RawEchoReader.ReadV4(Bytes(TooBig), 0x1235, 99));
    }

    [Fact]
    public void An_ICMPv6_error_is_matched_by_what_it_quotes()
    {
        var received = new ReceivedMessage { Name = new IpEndpoint(IpAddress.Parse("2001:db8::fe"), 0) };
        var failed = Assert.IsType<EchoEvent.Failed>(RawEchoReader.ReadV6(Bytes(Exceeded), received, 0x1234, 99));
        Assert.Equal((9, "2001:db8::fe", "2001:db8::5"), (failed.Sequence ?? 0, failed.Error.Reporter.ToString(), failed.Error.Destination!.Value.Address.ToString()));
        Assert.Equal((NetworkErrorOrigin.Icmpv6, (byte)3, (byte)0), (failed.Error.Origin, failed.Error.Type, failed.Error.Code));
        Assert.Null(RawEchoReader.ReadV6(Bytes(Exceeded), received, 0x4321, 99));
    }

    [Fact]
    public void An_error_about_a_UDP_datagram_is_not_ours()
    {
        var bytes = Bytes(TooBig);
        bytes[20 + 8 + 9] = 17;
        Assert.Null(RawEchoReader.ReadV4(bytes, 0x1234, 99));
    }

    [Fact]
    public void Damaged_packets_are_read_to_an_end_without_exception()
    {
        var random = new Random(3);
        var received = new ReceivedMessage { Name = new IpEndpoint(IpAddress.Parse("2001:db8::fe"), 0) };
        foreach (var hex in new[] { Reply, TooBig, Exceeded })
        {
            var whole = Bytes(hex);
            for (var length = 0; length < whole.Length; length++)
            {
                RawEchoReader.ReadV4(whole.AsMemory(0, length), 0x1234, 0);
                RawEchoReader.ReadV6(whole.AsMemory(0, length), received, 0x1234, 0);
            }

            for (var round = 0; round < 2000; round++)
            {
                var damaged = whole.ToArray();
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                RawEchoReader.ReadV4(damaged, 0x1234, 0);
                RawEchoReader.ReadV6(damaged, received, 0x1234, 0);
            }
        }
    }

    [Fact]
    public void A_request_has_a_good_checksum()
    {
        var request = EchoMessage.Request(IpVersion.V4, 0x1234, 5, [1, 2, 3]);
        uint sum = 0;
        for (var i = 0; i < request.Length; i += 2) sum += i + 1 < request.Length ? BinaryPrimitives.ReadUInt16BigEndian(request.AsSpan(i)) : (uint)(request[i] << 8);
        while (sum >> 16 != 0) sum = (sum & 0xFFFF) + (sum >> 16);
        Assert.Equal(0xFFFFu, sum); // RFC 1071 §1
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
