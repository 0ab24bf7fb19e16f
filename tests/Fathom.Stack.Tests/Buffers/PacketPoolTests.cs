using Fathom.Stack.Buffers;

namespace Fathom.Stack.Tests.Buffers;

public sealed class PacketPoolTests
{
    // The edges of the pool's sizes, and what stands around them.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(1514)]
    [InlineData(1920)]
    [InlineData(1921)]
    [InlineData(16_256)]
    [InlineData(16_257)]
    [InlineData(PacketPool.MaxLength)]
    public void A_copy_has_the_packets_octets_and_knows_what_is_known_of_it_and_takes_headers_as_any_other(int length)
    {
        var pool = new PacketPool();
        var packet = pool.Rent(length);
        packet.Append(length).Fill(7);
        packet.Checksum = ChecksumState.Verified;
        packet.IsDamaged = true;

        var copy = pool.Copy(packet);
        packet.Span.Clear();
        pool.Return(packet);
        Assert.Equal((length, ChecksumState.Verified, true), (copy.Length, copy.Checksum, copy.IsDamaged));
        Assert.Equal(-1, copy.Span.IndexOfAnyExcept((byte)7));
        Assert.Equal(PacketBuffer.Headroom, copy.RoomInFront);
        pool.Return(copy);
        Assert.Equal(0, pool.Rented);

        // What is used again knows nothing of what it was before.
        var again = pool.Copy(pool.Rent(0));
        Assert.Equal((0, ChecksumState.Complete, false), (again.Length, again.Checksum, again.IsDamaged));
    }

    [Fact]
    public void A_short_copy_is_small_and_a_short_buffer_is_not()
    {
        var pool = new PacketPool();
        var shortOne = pool.Rent(60);
        Assert.True(shortOne.RoomBehind >= 1514);
        shortOne.Append(60);
        Assert.InRange(pool.Copy(shortOne).RoomBehind, 0, 100);
    }
}
