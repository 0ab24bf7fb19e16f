using CsCheck;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Tests.Internet;

public class InternetChecksumTests
{
    [Fact]
    public void The_example_of_RFC_1071_section_3_sums_to_ddf2()
        => Assert.Equal(0xFFFF - 0xDDF2, InternetChecksum.Compute([0x00, 0x01, 0xF2, 0x03, 0xF4, 0xF5, 0xF6, 0xF7]));

    [Fact]
    public void The_example_of_RFC_1624_section_4_updates_to_zero()
        => Assert.Equal(0x0000, InternetChecksum.Update(0xDD2F, 0x5555, 0x3285));

    [Fact]
    public void An_odd_last_octet_counts_as_the_high_one() // RFC 1071 §4.1: padded with zero on the right
        => Assert.Equal(InternetChecksum.Compute([0x12, 0x34, 0x56, 0x00]), InternetChecksum.Compute([0x12, 0x34, 0x56]));

    [Fact]
    public void Nothing_sums_to_zero() => Assert.Equal(0xFFFF, InternetChecksum.Compute([]));

    [Fact]
    public void The_sum_is_the_one_of_sixteen_bit_words_however_the_bytes_are_cut()
        => Gen.Select(Gen.Byte.Array[0, 200], Gen.Int[0, 200], Gen.Int[0, 200]).Sample((bytes, a, b) =>
        {
            var (low, high) = (Math.Min(Math.Min(a, b), bytes.Length), Math.Min(Math.Max(a, b), bytes.Length));
            var pieces = default(InternetChecksum);
            pieces.Add(bytes.AsSpan(0, low));
            pieces.Add(bytes.AsSpan(low, high - low));
            pieces.Add(bytes.AsSpan(high));
            return pieces.Value == Naive(bytes) && InternetChecksum.Compute(bytes) == Naive(bytes);
        }, iter: 20_000);

    [Fact]
    public void A_header_of_twenty_octets_is_intact_where_its_words_sum_to_all_ones() // RFC 1071 §1
        => Gen.Select(Gen.Byte.Array[20, 24], Gen.Int[0, 160]).Sample((bytes, bit) =>
        {
            bytes.AsSpan(10, 2).Clear();
            var checksum = Naive(bytes[..20]);
            (bytes[10], bytes[11]) = ((byte)(checksum >> 8), (byte)checksum);
            if (!InternetChecksum.VerifyTwenty(bytes)) return false;
            if (bit == 160) return true;
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            return !InternetChecksum.VerifyTwenty(bytes);
        }, iter: 20_000);

    [Fact]
    public void Every_length_at_every_alignment_has_the_sum_of_its_words()
    {
        var bytes = new byte[1100];
        new Random(1071).NextBytes(bytes);
        for (var start = 0; start < 64; start++)
        {
            for (var length = 0; length <= 1024; length += start == 0 ? 1 : 7)
            {
                var piece = bytes.AsSpan(start, length).ToArray();
                Assert.Equal(Naive(piece), InternetChecksum.Compute(bytes.AsSpan(start, length)));
            }
        }
    }

    [Fact]
    public void All_ones_do_not_overflow()
    {
        var bytes = new byte[1 << 20];
        bytes.AsSpan().Fill(0xFF);
        Assert.Equal(0, InternetChecksum.Compute(bytes));
    }

    [Fact]
    public void A_changed_word_updates_to_the_checksum_of_the_changed_packet()
        => Gen.Select(Gen.Byte.Array[20], Gen.Int[1, 9], Gen.UShort).Sample((bytes, index, word) =>
        {
            bytes[0] = 1; // all zeros cannot occur in a packet, and have two checksums
            var before = InternetChecksum.Compute(bytes);
            var old = (ushort)((bytes[2 * index] << 8) | bytes[(2 * index) + 1]);
            (bytes[2 * index], bytes[(2 * index) + 1]) = ((byte)(word >> 8), (byte)word);
            return InternetChecksum.Update(before, old, word) == InternetChecksum.Compute(bytes);
        }, iter: 20_000);

    [Fact]
    public void The_pseudo_header_of_IPv4_is_that_of_RFC_9293()
    {
        byte[] segment = [1, 2, 3];
        byte[] whole = [192, 0, 2, 1, 198, 51, 100, 7, 0, 6, 0, 3, .. segment];
        Assert.Equal(Naive(whole), InternetChecksum.Compute(segment, IpAddress.Parse("192.0.2.1"), IpAddress.Parse("198.51.100.7"), IpProtocol.Tcp));
    }

    [Fact]
    public void The_pseudo_header_of_IPv6_is_that_of_RFC_8200()
    {
        var source = IpAddress.Parse("2001:db8::1");
        var destination = IpAddress.Parse("fe80::ffff:2%3"); // a zone is not on the wire
        var segment = new byte[70_001];
        segment[70_000] = 0x80;
        byte[] whole = [.. source.ToBytes(), .. destination.ToBytes(), 0, 1, 0x11, 0x71, 0, 0, 0, 58, .. segment];
        Assert.Equal(Naive(whole), InternetChecksum.Compute(segment, source, destination, IpProtocol.Icmpv6));
    }

    [Fact]
    public void Addresses_of_two_versions_have_no_pseudo_header()
    {
        Assert.Throws<ArgumentException>(() => InternetChecksum.Compute([], IpAddress.AnyV4, IpAddress.AnyV6, IpProtocol.Tcp));
        Assert.False(InternetChecksum.Verify([], IpAddress.AnyV4, IpAddress.AnyV6, IpProtocol.Tcp));
    }

    // RFC 1071 §1, word by word.
    private static ushort Naive(byte[] bytes)
    {
        uint sum = 0;
        for (var i = 0; i < bytes.Length; i += 2)
        {
            sum += (uint)((bytes[i] << 8) | (i + 1 < bytes.Length ? bytes[i + 1] : 0));
            sum = (sum & 0xFFFF) + (sum >> 16);
        }

        return (ushort)~sum;
    }
}
