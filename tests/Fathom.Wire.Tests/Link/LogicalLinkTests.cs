using Fathom.Wire.Link;
using Fathom.Wire.Tests.Dissection;

namespace Fathom.Wire.Tests.Link;

public class LogicalLinkTests
{
    [Fact]
    public void SNAP_is_what_RFC_1042_draws()
    {
        byte[] bytes = [.. Samples.Build(LlcHeader.Snap), .. Samples.Build(new SnapHeader(EtherType.Ipv4), Samples.Data)];
        Assert.Equal([0xAA, 0xAA, 3, 0, 0, 0, 8, 0], bytes[..8]);
        Assert.True(LlcFrame.TryRead(bytes, out var llc, out _));
        Assert.True(llc.IsSnap);
        Assert.True(SnapFrame.TryRead(llc.Payload, out var snap, out _));
        Assert.Equal((EtherType.Ipv4, 0u), (snap.EtherType, snap.Organization));
        Assert.Equal(Samples.Data, snap.Payload.ToArray());
    }

    [Fact]
    public void A_type_of_another_organization_is_no_EtherType()
    {
        Assert.True(SnapFrame.TryRead(Samples.Build(new SnapHeader(EtherType.Ipv4, 0x00000C)), out var snap, out _));
        Assert.Equal((EtherType.None, 0x0800), (snap.EtherType, snap.Type));
        Assert.Throws<InvalidOperationException>(() => Samples.Build(new SnapHeader(EtherType.Ipv4, 0x1000000)));
    }

    [Theory] // IEEE 802.2 §5.4; TShark reads these octets so.
    [InlineData("06 08", 4, "information, N(S) 3, N(R) 4")]
    [InlineData("01 07", 4, "receive ready, N(R) 3")]
    [InlineData("05 02", 4, "receive not ready, N(R) 1")]
    [InlineData("09 00", 4, "reject, N(R) 0")]
    [InlineData("03", 3, "unnumbered information")]
    [InlineData("13", 3, "unnumbered information")]
    [InlineData("AF", 3, "exchange identification")]
    [InlineData("BF", 3, "exchange identification")]
    [InlineData("E3", 3, "test")]
    [InlineData("7F", 3, "set asynchronous balanced mode extended")]
    public void A_control_field_is_said_in_words(string control, int length, string text)
    {
        byte[] bytes = [0x42, 0x43, .. Convert.FromHexString(control.Replace(" ", "", StringComparison.Ordinal)), 9];
        Assert.True(LlcFrame.TryRead(bytes, out var frame, out _));
        Assert.Equal((text, length, true), (LlcText.DescribeControl(frame.Format, frame.Control), frame.HeaderLength, frame.IsResponse));
        Assert.Equal([9], frame.Payload.ToArray());
    }

    [Theory]
    [InlineData("02000000", EtherType.Ipv4)] // a little-endian host's AF_INET
    [InlineData("00000002", EtherType.Ipv4)]
    [InlineData("1E000000", EtherType.Ipv6)] // macOS
    [InlineData("0000001C", EtherType.Ipv6)] // FreeBSD
    [InlineData("00000007", EtherType.None)]
    public void A_loopback_family_is_read_in_either_byte_order(string header, EtherType type)
    {
        Assert.True(LoopbackFrame.TryRead(Convert.FromHexString(header), out var frame, out _));
        Assert.Equal(type, frame.EtherType);
    }

    [Theory]
    [InlineData(0x0800, 1, EtherType.Ipv4, false)]
    [InlineData(0x0004, 1, EtherType.None, true)]
    [InlineData(0x0800, 824, EtherType.None, false)] // netlink: the field is its family
    public void A_cooked_protocol_is_an_EtherType_unless_the_device_says_otherwise(ushort protocol, ushort device, EtherType type, bool isLlc)
    {
        byte[] bytes = [0, 4, (byte)(device >> 8), (byte)device, 0, 9, 1, 2, 3, 4, 5, 6, 7, 8, (byte)(protocol >> 8), (byte)protocol];
        Assert.True(CookedFrame.TryRead(bytes, out var frame, out _));
        Assert.Equal((type, isLlc, 8), (frame.EtherType, frame.IsLlc, frame.Address.Length));
        Assert.Equal(CookedPacketType.Outgoing, frame.PacketType);
    }
}
