using CsCheck;
using Fathom.Wire.Internet;
using Fathom.Wire.Tests.Dissection;

namespace Fathom.Wire.Tests.Internet;

public class Ipv4Tests
{
    // The header that is the worked example of the Internet checksum at
    // en.wikipedia.org/wiki/Internet_checksum: 0xb861 over 4500 0073 0000 4000 4011 .... c0a8 0001 c0a8 00c7.
    private static readonly byte[] Example = Convert.FromHexString("45000073000040004011b861c0a80001c0a800c7");

    [Fact]
    public void A_published_header_is_read_and_its_checksum_holds()
    {
        Assert.True(Ipv4Packet.TryRead([.. Example, .. new byte[0x73 - 20]], out var packet, out _));
        Assert.Equal(115, packet.TotalLength);
        Assert.True(packet.DontFragment);
        Assert.False(packet.IsFragment);
        Assert.Equal(64, packet.TimeToLive);
        Assert.Equal(IpProtocol.Udp, packet.Protocol);
        Assert.Equal("192.168.0.1", packet.Source.ToString());
        Assert.Equal("192.168.0.199", packet.Destination.ToString());
        Assert.True(packet.ChecksumIsValid);
    }

    [Fact]
    public void The_same_header_is_written_octet_for_octet()
    {
        var packet = new byte[0x73];
        var header = new Ipv4Header
        {
            DontFragment = true, TimeToLive = 64, Protocol = IpProtocol.Udp, Source = IpAddress.Parse("192.168.0.1"), Destination = IpAddress.Parse("192.168.0.199"),
        };
        Assert.Equal(20, header.WriteTo(packet));
        Assert.Equal(Example, packet[..20]);
    }

    [Fact]
    public void A_wrong_checksum_is_observed_not_refused()
    {
        var packet = Samples.Ipv4(IpProtocol.Udp, Samples.Data);
        packet[10] ^= 1;
        Assert.True(Ipv4Packet.TryRead(packet, out var view, out _));
        Assert.False(view.ChecksumIsValid);
    }

    [Fact]
    public void Padding_behind_the_total_length_is_no_payload()
    {
        Assert.True(Ipv4Packet.TryRead([.. Samples.Ipv4(IpProtocol.Udp, Samples.Data), 0xEE, 0xEE], out var view, out _));
        Assert.Equal(Samples.Data, view.Payload.ToArray());
    }

    [Fact]
    public void Lengths_that_contradict_are_refused_by_the_field_that_is_wrong()
    {
        var packet = Samples.Ipv4(IpProtocol.Udp, Samples.Data);
        packet[0] = 0x44;
        Assert.False(Ipv4Packet.TryRead(packet, out _, out var error));
        Assert.Equal(WireError.BadLength("IPv4", 0, 20, 16, LengthSource.HeaderLength, "header length"), error);

        packet[0] = 0x45;
        (packet[2], packet[3]) = (0, 19);
        Assert.False(Ipv4Packet.TryRead(packet, out _, out error));
        Assert.Equal(WireError.BadLength("IPv4", 2, 20, 19, LengthSource.TotalLength, "total length"), error);

        packet[0] = 0x65;
        Assert.False(Ipv4Packet.TryRead(packet, out _, out error));
        Assert.Equal(WireErrorKind.BadVersion, error.Kind);
    }

    [Fact]
    public void A_cut_packet_is_readable_as_such()
    {
        var packet = Samples.Ipv4(IpProtocol.Udp, Samples.Data);
        Assert.True(Ipv4Packet.TryReadTruncated(packet.AsSpan(0, 23), out var view, out var error));
        Assert.Equal(Samples.Data[..3], view.Payload.ToArray());
        Assert.Equal(WireError.TooShort("IPv4", 20, 7, 3, "payload"), error);
    }

    [Fact]
    public void Options_are_walked_to_their_end_and_to_damage()
    {
        byte[] options = [1, 148, 4, 0, 0, 7, 7, 4, 192, 0, 2, 9, 0, 99];
        var walk = new Ipv4OptionEnumerator(options);
        var seen = new List<(Ipv4OptionType, int, int)>();
        while (walk.MoveNext()) seen.Add((walk.Current.Type, walk.Current.Offset, walk.Current.Bytes.Length));
        Assert.Equal([(Ipv4OptionType.NoOperation, 0, 1), (Ipv4OptionType.RouterAlert, 1, 4), (Ipv4OptionType.RecordRoute, 5, 7), (Ipv4OptionType.EndOfList, 12, 1)], seen);
        Assert.False(walk.Error.IsError);

        foreach (var (bytes, kind) in new (byte[], WireErrorKind)[] { ([1, 7], WireErrorKind.TooShort), ([7, 0], WireErrorKind.BadLength), ([7, 1], WireErrorKind.BadLength), ([7, 9, 4], WireErrorKind.TooShort) })
        {
            walk = new Ipv4OptionEnumerator(bytes);
            while (walk.MoveNext()) Assert.Equal(Ipv4OptionType.NoOperation, walk.Current.Type);
            Assert.Equal(kind, walk.Error.Kind);
        }
    }

    [Fact]
    public void What_a_header_says_is_what_the_view_reads() => Gen.Select(
        Gen.Select(Gen.Byte[0, 63], Gen.Int[0, 3], Gen.UShort, Gen.Bool, Gen.Bool, Gen.Int[0, 8191]),
        Gen.Select(Gen.Byte, Gen.Byte, Gen.UInt, Gen.UInt),
        Gen.Byte.Array[0, 40], Gen.Byte.Array[0, 100]).Sample((a, b, options, payload) =>
    {
        var header = new Ipv4Header
        {
            Dscp = a.Item1, Ecn = (Ecn)a.Item2, Identification = a.Item3, DontFragment = a.Item4, MoreFragments = a.Item5, FragmentOffset = 8 * a.Item6,
            TimeToLive = b.Item1, Protocol = (IpProtocol)b.Item2, Source = IpAddress.FromV4(b.Item3), Destination = IpAddress.FromV4(b.Item4), Options = options,
        };
        var bytes = Samples.Build(header, payload);
        Assert.True(Ipv4Packet.TryRead(bytes, out var view, out var error), error.ToString());
        Assert.True(view.ChecksumIsValid);
        Assert.Equal(payload, view.Payload.ToArray());
        Assert.Equal(options, view.Options[..options.Length].ToArray());
        Assert.Equal(bytes.Length, view.TotalLength);
        Assert.Equal(header, new Ipv4Header
        {
            Dscp = view.Dscp, Ecn = view.Ecn, Identification = view.Identification, DontFragment = view.DontFragment, MoreFragments = view.MoreFragments,
            FragmentOffset = view.FragmentOffset, TimeToLive = view.TimeToLive, Protocol = view.Protocol, Source = view.Source, Destination = view.Destination,
            Options = header.Options,
        });
        Assert.Equal(view.IsFragment, header.MoreFragments || header.FragmentOffset > 0);
    }, iter: 3_000);

    [Fact]
    public void Values_that_do_not_fit_are_misuse()
    {
        var header = new Ipv4Header { TimeToLive = 1, Protocol = IpProtocol.Udp, Source = Samples.V4A, Destination = Samples.V4B };
        Assert.Throws<ArgumentException>(() => header.WriteTo(new byte[19]));
        Assert.Throws<ArgumentException>(() => header.WriteTo(new byte[65_536]));
        Assert.Throws<InvalidOperationException>(() => (header with { Dscp = 64 }).WriteTo(new byte[20]));
        Assert.Throws<InvalidOperationException>(() => (header with { FragmentOffset = 4 }).WriteTo(new byte[20]));
        Assert.Throws<InvalidOperationException>(() => (header with { FragmentOffset = 65_536 }).WriteTo(new byte[20]));
        Assert.Throws<InvalidOperationException>(() => (header with { Source = Samples.V6A }).WriteTo(new byte[20]));
        Assert.Throws<InvalidOperationException>(() => (header with { Options = new byte[41] }).WriteTo(new byte[64]));
    }
}
