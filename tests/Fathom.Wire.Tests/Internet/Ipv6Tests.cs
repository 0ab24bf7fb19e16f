using CsCheck;
using Fathom.Wire.Internet;
using Fathom.Wire.Tests.Dissection;

namespace Fathom.Wire.Tests.Internet;

public class Ipv6Tests
{
    [Fact]
    public void What_a_header_says_is_what_the_view_reads() => Gen.Select(
        Gen.Select(Gen.Byte[0, 63], Gen.Int[0, 3], Gen.UInt[0, 0xF_FFFF], Gen.Byte, Gen.Byte), Gen.Byte.Array[16], Gen.Byte.Array[16], Gen.Byte.Array[8, 100])
        .Sample((a, source, destination, payload) =>
        {
            var header = new Ipv6Header
            {
                Dscp = a.Item1,
                Ecn = (Ecn)a.Item2,
                FlowLabel = a.Item3,
                NextHeader = (IpProtocol)a.Item4,
                HopLimit = a.Item5,
                Source = IpAddress.FromBytes(source),
                Destination = IpAddress.FromBytes(destination),
            };
            var bytes = Samples.Build(header, payload);
            Assert.True(Ipv6Packet.TryRead(bytes, out var view, out var error), error.ToString());
            Assert.Equal(payload, view.Payload.ToArray());
            Assert.Equal(payload.Length, view.PayloadLength);
            Assert.Equal((header.Dscp << 2) | (byte)header.Ecn, view.TrafficClass);
            Assert.Equal(header, new Ipv6Header
            {
                Dscp = view.Dscp,
                Ecn = view.Ecn,
                FlowLabel = view.FlowLabel,
                NextHeader = view.NextHeader,
                HopLimit = view.HopLimit,
                Source = view.Source,
                Destination = view.Destination,
            });
        }, iter: 3_000);

    [Fact]
    public void Extension_headers_are_walked_to_the_upper_layer() // in the order of RFC 8200 §4.1
    {
        byte[] ah = [60, 4, .. new byte[22]];
        byte[] chain =
        [
            .. Samples.Build(new Ipv6OptionsHeader(IpProtocol.Routing, new byte[] { 5, 2, 0, 0 })),
            (byte)IpProtocol.Fragment, 2, 0, 1, 0, 0, 0, 0, .. Samples.V6A.ToBytes(),
            .. Samples.Build(new Ipv6FragmentHeader(IpProtocol.Ah, 0, true, 99)),
            .. ah,
            .. Samples.Build(new Ipv6OptionsHeader(IpProtocol.Udp, new byte[] { 1, 0 })),
            .. Samples.Data,
        ];
        Assert.True(Ipv6Packet.TryRead(Samples.Ipv6(IpProtocol.HopByHop, chain), out var packet, out _));
        var seen = new List<IpProtocol>();
        foreach (var extension in packet.EnumerateExtensions()) seen.Add(extension.Protocol);
        Assert.Equal([IpProtocol.HopByHop, IpProtocol.Routing, IpProtocol.Fragment, IpProtocol.Ah, IpProtocol.DestinationOptions], seen);

        Assert.True(packet.TryReadUpperLayer(out var upper, out _));
        Assert.Equal(IpProtocol.Udp, upper.Protocol);
        Assert.Equal(Samples.Data, upper.Bytes.ToArray());
        Assert.Equal(packet.Bytes.Length - Samples.Data.Length, upper.Offset);
        Assert.True(upper.IsFragment && upper.MoreFragments);
        Assert.Equal((0, 99u), (upper.FragmentOffset, upper.FragmentIdentification));
        Assert.Equal(Samples.V6A, upper.FinalDestination); // RFC 8200 §8.1: one segment is left
    }

    [Fact]
    public void A_later_fragment_ends_the_walk()
    {
        byte[] piece = [.. Samples.Build(new Ipv6FragmentHeader(IpProtocol.DestinationOptions, 1480, false, 5)), .. Samples.Data];
        Assert.True(Ipv6Packet.TryRead(Samples.Ipv6(IpProtocol.Fragment, piece), out var packet, out _));
        Assert.True(packet.TryReadUpperLayer(out var upper, out _));
        Assert.Equal((IpProtocol.DestinationOptions, 1480, true, false), (upper.Protocol, upper.FragmentOffset, upper.IsFragment, upper.MoreFragments));
        Assert.Equal(Samples.Data, upper.Bytes.ToArray());
    }

    [Fact]
    public void An_atomic_fragment_is_no_fragment() // RFC 6946
    {
        byte[] piece = [.. Samples.Build(new Ipv6FragmentHeader(IpProtocol.Udp, 0, false, 5)), .. Samples.Data];
        Assert.True(Ipv6Packet.TryRead(Samples.Ipv6(IpProtocol.Fragment, piece), out var packet, out _));
        Assert.True(packet.TryReadUpperLayer(out var upper, out _));
        Assert.False(upper.IsFragment);
    }

    [Fact]
    public void Seventeen_extension_headers_are_too_many()
    {
        var header = Samples.Build(new Ipv6OptionsHeader(IpProtocol.DestinationOptions, default));
        var many = Enumerable.Repeat(header, Ipv6ExtensionEnumerator.MaxHeaders + 1).SelectMany(bytes => bytes).ToArray();
        Assert.True(Ipv6Packet.TryRead(Samples.Ipv6(IpProtocol.DestinationOptions, many), out var packet, out _));
        Assert.False(packet.TryReadUpperLayer(out _, out var error));
        Assert.Equal((WireErrorKind.LimitExceeded, 40 + (8 * Ipv6ExtensionEnumerator.MaxHeaders)), (error.Kind, error.Offset));
    }

    [Theory]
    [InlineData(0, 8)]
    [InlineData(7, 8)]
    [InlineData(8, 16)]
    [InlineData(15, 16)]
    public void A_cut_extension_header_is_told(int length, int needed)
    {
        byte[] header = [(byte)IpProtocol.Udp, 1, .. new byte[14]];
        Assert.True(Ipv6Packet.TryRead(Samples.Ipv6(IpProtocol.DestinationOptions, header[..length]), out var packet, out _));
        Assert.False(packet.TryReadUpperLayer(out var upper, out var error));
        Assert.Equal(WireError.TooShort("IPv6 extension header", 40, needed, length, "destination options"), error);
        Assert.Equal(IpProtocol.DestinationOptions, upper.Protocol);
    }

    [Theory]
    [InlineData(0, 1)] // source route: the last address
    [InlineData(2, 0)] // mobile IPv6: the only one
    [InlineData(4, 0)] // segment routing: the list is backwards
    public void The_final_destination_is_the_last_stop(byte type, int index)
    {
        byte[] bytes = [17, 4, type, 1, 0, 0, 0, 0, .. Samples.V6A.ToBytes(), .. Samples.V6B.ToBytes()];
        Assert.True(Ipv6Routing.TryRead(bytes, out var routing, out _));
        Assert.True(routing.TryGetFinalDestination(Samples.V6A, out var last));
        Assert.Equal(index == 0 ? Samples.V6A : Samples.V6B, last);

        bytes[3] = 0; // no stop is left
        Assert.True(Ipv6Routing.TryRead(bytes, out routing, out _));
        Assert.False(routing.TryGetFinalDestination(Samples.V6A, out _));
    }

    [Fact]
    public void A_jumbogram_is_refused_and_readable_as_cut() // RFC 2675 §3
    {
        var packet = Samples.Ipv6(IpProtocol.HopByHop, new byte[16]);
        (packet[4], packet[5]) = (0, 0);
        Assert.False(Ipv6Packet.TryRead(packet, out _, out var error));
        Assert.Equal((WireErrorKind.BadLength, 4, LengthSource.TotalLength), (error.Kind, error.Offset, error.LimitedBy));
        Assert.True(Ipv6Packet.TryReadTruncated(packet, out var view, out _));
        Assert.Equal(16, view.Payload.Length);
    }

    [Fact]
    public void Options_are_padded_and_walked()
    {
        for (var length = 0; length < 20; length++)
        {
            byte[] option = length < 2 ? new byte[length] : [0x3E, (byte)(length - 2), .. new byte[length - 2]];
            var bytes = Samples.Build(new Ipv6OptionsHeader(IpProtocol.Tcp, option));
            Assert.Equal(0, bytes.Length % 8);
            Assert.True(Ipv6Options.TryRead(bytes, out var view, out _));
            var walk = view.EnumerateOptions();
            var octets = 0;
            while (walk.MoveNext())
            {
                octets += walk.Current.Bytes.Length;
                Assert.True(walk.Current.Type is Ipv6OptionType.Pad1 or Ipv6OptionType.PadN || walk.Current.Data.Length == length - 2);
            }

            Assert.False(walk.Error.IsError);
            Assert.Equal(bytes.Length - 2, octets);
        }
    }

    [Fact]
    public void An_option_that_leaves_the_header_is_damage()
    {
        var walk = new Ipv6OptionEnumerator([1, 0, 5, 3, 0, 0]);
        Assert.True(walk.MoveNext());
        Assert.False(walk.MoveNext());
        Assert.Equal((WireErrorKind.TooShort, 2), (walk.Error.Kind, walk.Error.Offset));
    }
}
