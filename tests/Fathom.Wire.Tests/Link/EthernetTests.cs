using CsCheck;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Tests.Dissection;

namespace Fathom.Wire.Tests.Link;

public class EthernetTests
{
    [Fact]
    public void What_a_header_says_is_what_the_view_reads()
        => Gen.Select(Gen.Byte.Array[6], Gen.Byte.Array[6], Gen.UShort[1536, ushort.MaxValue], Gen.Byte.Array[0, 60]).Sample((to, from, type, payload) =>
        {
            var header = new EthernetHeader(MacAddress.FromBytes(to), MacAddress.FromBytes(from), (EtherType)type);
            return EthernetFrame.TryRead(Samples.Build(header, payload), out var view, out _)
                && header == new EthernetHeader(view.Destination, view.Source, view.EtherType) && view.Payload.SequenceEqual(payload) && !view.IsLengthFrame;
        }, iter: 3_000);

    [Fact]
    public void A_length_frame_is_cut_to_its_length() // IEEE 802.3 §3.2.6
    {
        Assert.True(EthernetFrame.TryRead([.. Samples.Ethernet((EtherType)3, [1, 2, 3]), 0, 0, 0], out var frame, out _));
        Assert.True(frame.IsLengthFrame);
        Assert.Equal(EtherType.None, frame.EtherType);
        Assert.Equal([1, 2, 3], frame.Payload.ToArray());
    }

    [Theory]
    [InlineData(1501)]
    [InlineData(1535)]
    public void What_is_neither_a_length_nor_a_type_is_refused(ushort value)
    {
        Assert.False(EthernetFrame.TryRead(Samples.Ethernet((EtherType)value, new byte[1600]), out _, out var error));
        Assert.Equal((WireErrorKind.BadValue, 12), (error.Kind, error.Offset));
    }

    [Fact]
    public void What_a_tag_says_is_what_the_view_reads()
        => Gen.Select(Gen.UShort[0, 4095], Gen.UShort[1536, ushort.MaxValue], Gen.Byte[0, 7], Gen.Bool).Sample((id, type, priority, eligible) =>
        {
            var header = new VlanHeader(id, (EtherType)type, priority, eligible);
            return VlanTag.TryRead(Samples.Build(header, 1, 2), out var view, out _)
                && header == new VlanHeader(view.VlanId, view.EtherType, view.Priority, view.DropEligible) && view.Payload.Length == 2;
        }, iter: 3_000);

    [Fact]
    public void A_tag_that_does_not_fit_is_misuse()
    {
        Assert.Throws<InvalidOperationException>(() => new VlanHeader(4096, EtherType.Ipv4).WriteTo(new byte[4]));
        Assert.Throws<InvalidOperationException>(() => new VlanHeader(1, EtherType.Ipv4, 8).WriteTo(new byte[4]));
    }

    [Fact]
    public void What_an_ARP_header_says_is_what_the_view_reads()
        => Gen.Select(Gen.UShort, Gen.Byte.Array[6], Gen.UInt, Gen.Byte.Array[6], Gen.UInt).Sample((operation, senderMac, sender, targetMac, target) =>
        {
            var header = new ArpHeader((ArpOperation)operation, MacAddress.FromBytes(senderMac), IpAddress.FromV4(sender), MacAddress.FromBytes(targetMac), IpAddress.FromV4(target));
            return ArpPacket.TryRead(Samples.Build(header), out var view, out _) && view.IsIpv4OverEthernet
                && header == new ArpHeader(view.Operation, view.SenderMac, view.SenderAddress, view.TargetMac, view.TargetAddress);
        }, iter: 3_000);

    [Fact]
    public void ARP_for_other_hardware_keeps_its_addresses_raw()
    {
        byte[] packet = [0, 7, 0x08, 0, 1, 4, 0, 1, 0xAA, 10, 0, 0, 1, 0xBB, 10, 0, 0, 2];
        Assert.True(ArpPacket.TryRead(packet, out var arp, out _));
        Assert.False(arp.IsIpv4OverEthernet);
        Assert.Equal([0xAA], arp.SenderHardwareAddress.ToArray());
        Assert.Equal(default, arp.SenderMac);
        Assert.Equal("10.0.0.1", arp.SenderAddress.ToString());
        Assert.Equal("10.0.0.2", arp.TargetAddress.ToString());
    }

    [Fact]
    public void An_ARP_length_that_contradicts_its_type_is_refused()
    {
        var packet = Samples.Arp;
        packet[4] = 5;
        Assert.False(ArpPacket.TryRead(packet, out _, out var error));
        Assert.Equal((WireErrorKind.BadLength, 4, 6, 5), (error.Kind, error.Offset, error.Needed, error.Available));
        packet = Samples.Arp;
        packet[5] = 16;
        Assert.False(ArpPacket.TryRead(packet, out _, out error));
        Assert.Equal((WireErrorKind.BadLength, 5), (error.Kind, error.Offset));
    }
}
