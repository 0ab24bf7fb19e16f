using CsCheck;
using Fathom.Wire.Tests.Dissection;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Tests.Transport;

public class UdpTests
{
    [Fact]
    public void What_a_header_says_is_what_the_view_reads() => Gen.Select(Gen.UShort, Gen.UShort, Gen.Byte.Array[0, 80]).Sample((source, destination, payload) =>
    {
        var header = new UdpHeader(source, destination);
        var bytes = Samples.Build(header, payload);
        header.WriteTo(bytes, Samples.V6A, Samples.V6B);
        return UdpDatagram.TryRead(bytes, out var view, out _) && header == new UdpHeader(view.SourcePort, view.DestinationPort)
            && view.Length == bytes.Length && view.Payload.SequenceEqual(payload) && view.HasChecksum && view.ChecksumIsValid(Samples.V6A, Samples.V6B);
    }, iter: 3_000);

    [Fact]
    public void A_checksum_of_zero_is_sent_as_all_ones() // RFC 768
    {
        // Of all payloads of two octets, one makes the sum all ones, and so the checksum zero.
        var header = new UdpHeader(1, 2);
        var found = 0;
        for (var word = 0; word <= ushort.MaxValue; word++)
        {
            var bytes = Samples.Build(header, (byte)(word >> 8), (byte)word);
            header.WriteTo(bytes, Samples.V4A, Samples.V4B);
            Assert.True(UdpDatagram.TryRead(bytes, out var view, out _));
            Assert.True(view.HasChecksum && view.ChecksumIsValid(Samples.V4A, Samples.V4B));
            if (view.Checksum == 0xFFFF) found++;
        }

        Assert.InRange(found, 1, 2);
    }

    [Fact]
    public void Without_a_checksum_a_datagram_is_valid_over_IPv4_only() // RFC 768, RFC 8200 §8.1
    {
        Assert.True(UdpDatagram.TryRead(Samples.Build(new UdpHeader(1, 2), Samples.Data), out var view, out _));
        Assert.False(view.HasChecksum);
        Assert.True(view.ChecksumIsValid(Samples.V4A, Samples.V4B));
        Assert.False(view.ChecksumIsValid(Samples.V6A, Samples.V6B));
    }

    [Fact]
    public void Octets_behind_the_length_are_neither_payload_nor_summed()
    {
        byte[] bytes = [.. Samples.Udp(Samples.V4A, Samples.V4B, Samples.Data), 0xEE];
        Assert.True(UdpDatagram.TryRead(bytes, out var view, out _));
        Assert.Equal(Samples.Data, view.Payload.ToArray());
        Assert.True(view.ChecksumIsValid(Samples.V4A, Samples.V4B));
    }

    [Fact]
    public void A_length_below_eight_is_refused()
    {
        var bytes = Samples.Build(new UdpHeader(1, 2), Samples.Data);
        bytes[5] = 7;
        Assert.False(UdpDatagram.TryRead(bytes, out _, out var error));
        Assert.Equal(WireError.BadLength("UDP", 4, 8, 7, LengthSource.TotalLength, "length"), error);
    }
}
