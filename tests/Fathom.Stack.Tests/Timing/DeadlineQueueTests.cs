using Fathom.Stack.Timing;

namespace Fathom.Stack.Tests.Timing;

public class DeadlineQueueTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Deadlines_come_in_the_order_of_their_times_and_then_of_their_setting(int seed)
    {
        var random = new Random(seed);
        var queue = new DeadlineQueue();
        var all = Enumerable.Range(0, 500).Select(static _ => new Probe()).ToArray();
        var model = new Dictionary<Probe, (TimeSpan At, int Order)>();
        for (var step = 0; step < 20_000; step++)
        {
            var probe = all[random.Next(all.Length)];
            if (random.Next(5) == 0)
            {
                // The first is taken, and often set again at once, as a machine does that expires.
                var now = TimeSpan.FromTicks(random.Next(20));
                var first = model.Where(m => m.Value.At <= now).OrderBy(static m => m.Value.At).ThenBy(static m => m.Value.Order).Select(static m => m.Key).FirstOrDefault();
                Assert.Equal(first is not null, queue.TryTakeDue(now, out var due));
                Assert.Same(first, due);
                if (first is null) continue;
                Assert.False(first.IsSet);
                model.Remove(first);
                probe = random.Next(2) == 0 ? first : probe;
            }

            if (random.Next(3) == 0)
            {
                queue.Cancel(probe);
                model.Remove(probe);
            }
            else
            {
                var at = TimeSpan.FromTicks(random.Next(200));
                queue.Set(probe, at);
                model[probe] = (at, step);
            }

            Assert.Equal(model.Count, queue.Count);
            Assert.Equal(model.Count == 0 ? null : model.Values.Min(static v => v.At), queue.Next);
        }

        var taken = new List<Probe>();
        Assert.False(queue.TryTakeDue(TimeSpan.FromTicks(-1), out _));
        while (queue.TryTakeDue(TimeSpan.FromTicks(100), out var due)) taken.Add((Probe)due);
        var expected = model.Where(static m => m.Value.At.Ticks <= 100).OrderBy(static m => m.Value.At).ThenBy(static m => m.Value.Order).Select(static m => m.Key);
        Assert.Equal(expected, taken);
    }

    private sealed class Probe : Deadline
    {
        public override void Expire(TimeSpan now)
        {
        }
    }
}
