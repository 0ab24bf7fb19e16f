using Fathom.Wire.Application.Quic;
using Fathom.Wire.Dissection;
using Fathom.Wire.Internet;
using Fathom.Wire.Tests.Dissection;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Tests.Application.Quic;

public class QuicTests
{
    // RFC 9001 appendix A.4 and RFC 9369 appendix A.4: the same Retry in both versions.
    private const string RetryOfV1 = "ff000000010008f067a5502a4262b5746f6b656e04a265ba2eff4d829058fb3f0f2496ba";
    private const string RetryOfV2 = "cf6b3343cf0008f067a5502a4262b5746f6b656ec8646ce8bfe33952d955543665dcc7b6";

    // RFC 9001 appendix A.2 and RFC 9369 appendix A.2: how the client's first packet begins; it has 1,200 octets.
    private const string InitialOfV1 = "c000000001088394c8f03e5157080000449e7b9aec34";
    private const string InitialOfV2 = "d76b3343cf088394c8f03e5157080000449ea0c95e82";

    [Theory]
    [InlineData(RetryOfV1)]
    [InlineData(RetryOfV2)]
    public void A_retry_is_that_of_the_RFC(string hex)
    {
        Assert.True(QuicLongHeader.TryRead(Convert.FromHexString(hex), out var packet, out var error), error.ToString());
        Assert.Equal(QuicPacketType.Retry, packet.Type);
        Assert.Equal("token"u8, packet.Token);
        Assert.Equal(16, packet.Payload.Length);
        Assert.Equal(Convert.FromHexString("f067a5502a4262b5"), packet.SourceConnectionId);
        Assert.True(packet.DestinationConnectionId.IsEmpty);
    }

    [Theory]
    [InlineData(InitialOfV1, "1")]
    [InlineData(InitialOfV2, "2")]
    public void An_initial_is_that_of_the_RFC(string hex, string version)
    {
        var bytes = new byte[1200];
        Convert.FromHexString(hex).CopyTo(bytes, 0);
        Assert.True(QuicLongHeader.TryRead(bytes, out var packet, out var error), error.ToString());
        Assert.Equal(QuicPacketType.Initial, packet.Type);
        Assert.Equal((1200, 1182, 18), (packet.Bytes.Length, packet.Payload.Length, packet.HeaderLength));
        Assert.Equal($"QUIC 192.0.2.1:40000 → 198.51.100.7:4433 Initial version {version} dcid=8394c8f03e515708 scid=none", Dissect(bytes, 4433).Summary);
    }

    [Theory] // RFC 9000 appendix A.1.
    [InlineData("c2197c5eff14e88c", 151288809941952652)]
    [InlineData("9d7f3e7d", 494878333)]
    [InlineData("7bbd", 15293)]
    [InlineData("25", 37)]
    [InlineData("4025", 37)]
    public void Integers_are_those_of_the_RFC(string hex, ulong value)
    {
        var bytes = Convert.FromHexString(hex);
        Assert.True(QuicVarint.TryRead(bytes, out var read, out var length));
        Assert.Equal((value, bytes.Length), (read, length));
        for (var cut = 0; cut < bytes.Length; cut++) Assert.False(QuicVarint.TryRead(bytes.AsSpan(0, cut), out _, out _));
    }

    [Fact]
    public void Packets_of_one_datagram_are_all_read()
    {
        var dissection = Dissect([.. ApplicationSamples.Quic, 0x41, .. Enumerable.Repeat((byte)7, 30)], 443);
        Assert.EndsWith("Initial version 1 dcid=01020304 scid=0908, Handshake version 1 dcid=01020304 scid=none, protected", dissection.Summary, StringComparison.Ordinal);
        Assert.Null(dissection.Fault);
    }

    [Fact]
    public void A_negotiation_lists_versions()
    {
        byte[] packet = [0x8F, 0, 0, 0, 0, 1, 7, 1, 8, 0, 0, 0, 1, 0x6B, 0x33, 0x43, 0xCF, 0x1A, 0x2A, 0x3A, 0x4A];
        var dissection = Dissect(packet, 443);
        Assert.EndsWith("version negotiation (3 versions)", dissection.Summary, StringComparison.Ordinal);
        Assert.Equal(["1", "2", "reserved 0x1a2a3a4a"], dissection.Layers[^1].Fields.Where(static f => f.Name == "supportedVersion").Select(static f => f.Text));
        Assert.Equal("data", Dissect(packet, 4433).Layers[^1].Protocol); // on any port it could be anything
    }

    [Fact]
    public void What_is_no_QUIC_is_not_claimed()
    {
        Assert.Equal("data", Dissect([0x48, .. new byte[40]], 443).Layers[^1].Protocol); // a short header alone, or OpenVPN
        Assert.Equal("data", Dissect([0xC0, 0, 0, 0, 9, 0, 0, .. new byte[40]], 443).Layers[^1].Protocol);
    }

    private static Wire.Dissection.Dissection Dissect(byte[] payload, ushort port)
        => Dissector.Dissect(LinkType.RawIp, Samples.Ipv4(IpProtocol.Udp, Samples.Build(new UdpHeader(40000, port), payload)));
}
