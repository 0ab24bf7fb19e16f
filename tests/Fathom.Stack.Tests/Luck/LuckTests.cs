using Luck;

namespace Fathom.Stack.Tests.Luck;

/// <summary>
/// A fixed sample of the seeds of tests/Luck: two stacks over a link that loses, reorders, duplicates, damages, delays. Every octet once and in order, or an ending
/// that says why; both ends closed, no timer left, every buffer returned.
/// </summary>
public class LuckTests
{
    // Sixteen cases, so that a failure is narrow and the cores share the work.
    private const int Cases = 16;
    private const int SeedsEach = 40;

    public static IEnumerable<TheoryDataRow<int>> Firsts() => Enumerable.Range(0, Cases).Select(static i => new TheoryDataRow<int>(1 + (i * SeedsEach)));

    [Theory]
    [MemberData(nameof(Firsts))]
    public void Nothing_is_lost_and_nothing_is_left(int first)
    {
        for (var seed = first; seed < first + SeedsEach; seed++)
        {
            var outcome = Campaign.PlaySafely(seed);
            Assert.True(outcome.Fault is null, $"{outcome.Fault}; again: tests/Luck/run.sh --seed {seed} --trace");
        }
    }

    // Seeds that found something once.
    [Theory]
    [InlineData(2217)]
    [InlineData(3023)]
    [InlineData(3963)]
    [InlineData(4663)]
    public void What_was_found_stays_found(int seed)
    {
        var outcome = Campaign.PlaySafely(seed);
        Assert.True(outcome.Fault is null, $"{outcome.Fault}; again: tests/Luck/run.sh --seed {seed} --trace");
    }

    [Fact]
    public void The_same_seed_gives_the_same_run()
    {
        var first = Campaign.PlaySafely(17);
        Assert.Equal(first, Campaign.PlaySafely(17));
        Assert.NotEqual(first, Campaign.PlaySafely(18));
    }

    // The comparison can fail: octets that are missing, doubled, moved.
    [Fact]
    public void A_stream_that_is_not_the_one_written_is_seen()
    {
        var octets = new byte[10_000];
        Pattern.Fill(octets, 0, 1);
        Assert.Equal(-1, Pattern.FindWrong(octets, 0, 1));
        Assert.InRange(Pattern.FindWrong(octets, 0, 2), 0, 20);
        foreach (var moved in (int[])[1, 1460, 4096, 65_536]) Assert.InRange(Pattern.FindWrong(octets.AsSpan(0, 100), moved, 1), moved, moved + 20);
    }

    [Theory]
    [InlineData(0, 50, 80, 100)]
    [InlineData(0.01, 10, 10, 100)]
    [InlineData(0.05, 1, 25, 100)]
    public void Goodput_stays_within_what_the_path_allows(double loss, int roundTrip, double least, double most)
        => Assert.InRange(GoodputTable.Measure(loss, roundTrip, 1, 1), least, most);
}
