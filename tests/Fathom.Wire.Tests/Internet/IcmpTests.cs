using Fathom.Wire.Internet;
using Fathom.Wire.Tests.Dissection;

namespace Fathom.Wire.Tests.Internet;

public class IcmpTests
{
    [Fact]
    public void An_echo_request_has_identity_and_a_checksum_over_all()
    {
        var bytes = Samples.Build(IcmpHeader.EchoRequest(0x1234, 7), Samples.Data);
        Assert.True(IcmpMessage.TryRead(bytes, out var icmp, out _));
        Assert.Equal((IcmpType.EchoRequest, (byte)0, (ushort)0x1234, (ushort)7), (icmp.Type, icmp.Code, icmp.Identifier, icmp.SequenceNumber));
        Assert.Equal(Samples.Data, icmp.Body.ToArray());
        Assert.True(icmp.ChecksumIsValid);
        Assert.True(icmp.QuotedPacket.IsEmpty);
        bytes[^1] ^= 1;
        Assert.True(IcmpMessage.TryRead(bytes, out icmp, out _));
        Assert.False(icmp.ChecksumIsValid);
    }

    [Fact]
    public void An_error_quotes_the_packet_it_is_about()
    {
        var quoted = Samples.Ipv4(IpProtocol.Udp, Samples.Udp(Samples.V4A, Samples.V4B, Samples.Data));
        Assert.True(IcmpMessage.TryRead(Samples.Build(IcmpHeader.FragmentationNeeded(1400), quoted), out var icmp, out _));
        Assert.True(icmp.IsError);
        Assert.Equal(1400, icmp.NextHopMtu);
        Assert.Equal(quoted, icmp.QuotedPacket.ToArray());
        Assert.True(icmp.Extensions.IsEmpty);
        Assert.True(IcmpMessage.TryRead(Samples.Build(IcmpHeader.Redirect(Samples.V4B), quoted), out icmp, out _));
        Assert.Equal(Samples.V4B, icmp.Gateway);
        Assert.True(IcmpMessage.TryRead(Samples.Build(IcmpHeader.ParameterProblem(9), quoted), out icmp, out _));
        Assert.Equal(9, icmp.Pointer);
    }

    [Fact]
    public void Extensions_stand_behind_the_quoted_length() // RFC 4884 §4 and §7, RFC 4950 §3
    {
        byte[] mpls = [0x20, 0, 0, 0, 0, 8, 1, 1, 0x01, 0x86, 0xA1, 0x01];
        byte[] body = [.. new byte[128], .. mpls];
        Assert.True(IcmpMessage.TryRead(Samples.Build(new IcmpHeader(IcmpType.TimeExceeded, 0, 32 << 16), body), out var icmp, out _));
        Assert.Equal(128, icmp.QuotedPacket.Length);
        Assert.Equal(mpls, icmp.Extensions.ToArray());
        var walk = new IcmpExtensionEnumerator(icmp.Extensions);
        Assert.True(walk.MoveNext());
        Assert.Equal((IcmpExtensionObject.MplsLabelStack, (byte)1, 4), (walk.Current.ClassNumber, walk.Current.ClassType, walk.Current.Data.Length));
        Assert.False(walk.MoveNext());
        Assert.False(walk.Error.IsError);

        Assert.True(Icmpv6Message.TryRead(Samples.Icmpv6(new Icmpv6Header(Icmpv6Type.TimeExceeded, 0, 16u << 24), body), out var icmpv6, out _));
        Assert.Equal(128, icmpv6.QuotedPacket.Length);
        Assert.Equal(mpls, icmpv6.Extensions.ToArray());
    }

    [Fact]
    public void A_quoted_length_beyond_the_message_means_all_of_it()
    {
        Assert.True(IcmpMessage.TryRead(Samples.Build(new IcmpHeader(IcmpType.TimeExceeded, 0, 255 << 16), Samples.Data), out var icmp, out _));
        Assert.Equal(Samples.Data, icmp.QuotedPacket.ToArray());
        Assert.True(icmp.Extensions.IsEmpty);
    }

    [Theory]
    [InlineData(new byte[] { 0x20, 0, 0 }, WireErrorKind.TooShort)]
    [InlineData(new byte[] { 0x10, 0, 0, 0 }, WireErrorKind.BadVersion)]
    [InlineData(new byte[] { 0x20, 0, 0, 0, 0, 4, 1 }, WireErrorKind.TooShort)]
    [InlineData(new byte[] { 0x20, 0, 0, 0, 0, 3, 1, 1 }, WireErrorKind.BadLength)]
    [InlineData(new byte[] { 0x20, 0, 0, 0, 0, 9, 1, 1 }, WireErrorKind.TooShort)]
    public void Damaged_extensions_are_told(byte[] bytes, WireErrorKind kind)
    {
        var walk = new IcmpExtensionEnumerator(bytes);
        Assert.False(walk.MoveNext());
        Assert.Equal(kind, walk.Error.Kind);
    }

    [Fact]
    public void The_checksum_of_ICMPv6_covers_the_addresses() // RFC 4443 §2.3
    {
        var bytes = Samples.Icmpv6(Icmpv6Header.EchoRequest(1, 2), Samples.Data);
        Assert.True(Icmpv6Message.TryRead(bytes, out var icmp, out _));
        Assert.True(icmp.ChecksumIsValid(Samples.V6A, Samples.V6B));
        Assert.False(icmp.ChecksumIsValid(Samples.V6A, Samples.V6A));
        Assert.False(icmp.ChecksumIsValid(Samples.V4A, Samples.V6B));
    }

    [Theory] // IANA's ICMP parameters
    [InlineData(3, 13, "communication administratively prohibited")]
    [InlineData(3, 3, "port unreachable")]
    [InlineData(3, 99, "destination unreachable (code 99)")]
    [InlineData(11, 0, "time exceeded in transit")]
    [InlineData(8, 0, "echo request")]
    [InlineData(8, 1, "echo request (code 1)")]
    [InlineData(77, 0, "type 77")]
    public void Types_and_codes_have_words(byte type, byte code, string text) => Assert.Equal(text, IcmpText.Describe((IcmpType)type, code));

    [Theory]
    [InlineData(1, 1, "communication administratively prohibited")]
    [InlineData(1, 4, "port unreachable")]
    [InlineData(3, 0, "hop limit exceeded in transit")]
    [InlineData(2, 0, "packet too big")]
    [InlineData(135, 0, "neighbor solicitation")]
    public void Types_and_codes_of_ICMPv6_have_words(byte type, byte code, string text) => Assert.Equal(text, Icmpv6Text.Describe((Icmpv6Type)type, code));
}
