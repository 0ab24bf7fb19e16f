using Fathom.Wire.Dissection;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Wire.Tests.Internet;

public class ResolutionFramesTests
{
    private static readonly MacAddress Mac = MacAddress.FromValue(0x0200_0000_000A);

    [Fact]
    public void An_arp_question_is_the_frame_of_RFC_826()
        => Assert.Equal(
            "ffffffffffff" + "02000000000a" + "0806" + "0001" + "0800" + "06" + "04" + "0001" + "02000000000a" + "c000020a" + "000000000000" + "c0000207",
            Convert.ToHexStringLower(ResolutionFrames.Question(Mac, IpAddress.Parse("192.0.2.10"), IpAddress.Parse("192.0.2.7"))));

    [Fact]
    public void A_gratuitous_one_asks_for_its_own_address()
    {
        Assert.True(PacketFacts.TryRead(1, ResolutionFrames.Announcement(Mac, IpAddress.Parse("192.0.2.7")), out var facts));
        Assert.Equal((ArpOperation.Request, facts.ArpTarget, Mac, MacAddress.Broadcast), (facts.ArpOperation, facts.ArpSender, facts.ArpSenderMac, facts.DestinationMac));
    }

    [Theory]
    [InlineData("fe80::a", true)]
    [InlineData("::", false)] // RFC 4861 §4.3: no option from the unspecified address
    public void A_solicitation_goes_to_the_group_with_hop_limit_255(string source, bool hasOption)
    {
        var frame = ResolutionFrames.Question(Mac, IpAddress.Parse(source), IpAddress.Parse("fe80::12:3456%3"));
        Assert.True(PacketFacts.TryRead(1, frame, out var facts));
        Assert.Equal((IpAddress.Parse("ff02::1:ff12:3456"), (byte)255, "33:33:ff:12:34:56"), (facts.Destination, facts.HopLimit, facts.DestinationMac.ToString()));
        Assert.Equal((IpAddress.Parse("fe80::12:3456"), hasOption ? Mac : null), (facts.NeighborTarget, facts.NeighborMac));
        Assert.True(Ipv6Packet.TryRead(frame.AsSpan(14), out var packet, out _));
        Assert.True(Icmpv6Message.TryRead(packet.Payload, out var message, out _));
        Assert.True(message.ChecksumIsValid(packet.Source, packet.Destination));
    }

    [Fact]
    public void An_announcement_of_IPv6_overrides_and_is_not_solicited()
    {
        var frame = ResolutionFrames.Announcement(Mac, IpAddress.Parse("2001:db8::7"));
        Assert.True(Ipv6Packet.TryRead(frame.AsSpan(14), out var packet, out _));
        Assert.True(NeighborAdvertisement.TryRead(packet.Payload, out var advertisement, out _));
        Assert.True(advertisement is { Override: true, Solicited: false, Router: false });
        Assert.Equal(IpAddress.Parse("ff02::1"), packet.Destination);
    }
}
