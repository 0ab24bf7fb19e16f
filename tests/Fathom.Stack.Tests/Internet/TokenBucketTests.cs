using Fathom.Stack.Internet;

namespace Fathom.Stack.Tests.Internet;

public class TokenBucketTests
{
    [Theory]
    [InlineData(1, 6)]
    [InlineData(1000, 50)]
    [InlineData(3, 1)]
    public void A_bucket_gives_its_burst_at_once_and_then_its_rate(int rate, int burst)
    {
        var bucket = default(TokenBucket);
        var start = TimeSpan.FromSeconds(5);
        Assert.Equal(burst, Take(start, 10 * burst));
        var taken = 0;
        for (var tick = 1; tick <= 10_000; tick++) taken += Take(start + TimeSpan.FromMilliseconds(tick), 1);
        Assert.InRange(taken, Math.Min(10 * rate, 10_000) - 1, Math.Min(10 * rate, 10_000));

        // Left alone it fills up, and no further.
        Assert.Equal(burst, Take(start + TimeSpan.FromHours(1), 10 * burst));

        int Take(TimeSpan now, int asked)
        {
            var count = 0;
            for (var i = 0; i < asked; i++) count += bucket.TryTake(now, rate, burst) ? 1 : 0;
            return count;
        }
    }

    [Fact]
    public void A_rate_of_nothing_gives_nothing()
    {
        var bucket = default(TokenBucket);
        Assert.False(bucket.TryTake(TimeSpan.Zero, 0, 10));
    }
}
