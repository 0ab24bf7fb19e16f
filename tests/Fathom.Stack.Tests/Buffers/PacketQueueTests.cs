using Fathom.Stack.Buffers;

namespace Fathom.Stack.Tests.Buffers;

public sealed class PacketQueueTests
{
    // A model: a list that is sorted anew each time, and keeps the order of those that are alike.
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 4)]
    [InlineData(3, 30)]
    public void Packets_come_in_the_order_of_their_times_and_then_of_their_adding(int seed, int moments)
    {
        var random = new Random(seed);
        var pool = new PacketPool();
        var queue = default(PacketQueue);
        var model = new List<PacketBuffer>();
        for (var step = 0; step < 20_000; step++)
        {
            if (random.Next(2) == 0)
            {
                var packet = pool.Rent(1);
                queue.Add(packet, TimeSpan.FromTicks(random.Next(moments)));
                model = [.. model.Append(packet).OrderBy(static p => p.At)];
            }
            else
            {
                Assert.Equal(model.Count > 0, queue.TryTake(out var taken));
                Assert.Same(model.FirstOrDefault(), taken);
                if (taken is null) continue;
                model.RemoveAt(0);
                pool.Return(taken);
            }

            Assert.Equal(model.Count, queue.Count);
            Assert.Same(model.FirstOrDefault(), queue.First);
            Assert.Same(model.LastOrDefault(), queue.Last);
        }

        foreach (var packet in model)
        {
            Assert.True(queue.TryTake(out var taken));
            Assert.Same(packet, taken);
        }

        Assert.False(queue.TryTake(out _));
    }

    [Fact]
    public void Without_times_they_come_as_they_were_added()
    {
        var pool = new PacketPool();
        var queue = default(PacketQueue);
        var packets = Enumerable.Range(0, 5).Select(_ => pool.Rent(1)).ToArray();
        foreach (var packet in packets) queue.Add(packet);
        Assert.Equal(5, queue.Count);
        foreach (var packet in packets) Assert.Same(packet, queue.TryTake(out var taken) ? taken : null);
        Assert.Equal(0, queue.Count);
        Assert.Null(queue.Last);
    }
}
