using Fathom.Hosts.Os.Linux.Native;

namespace Fathom.Hosts.Os.Tests.Linux.Native;

/// <summary>Kernel time stamps on the monotonic clock.</summary>
public sealed class ArrivalClockTests
{
    private const long Second = TimeSpan.TicksPerSecond;

    [Theory]
    [InlineData(0, 5 * Second)]
    [InlineData(3, (5 * Second) - (3 * TimeSpan.TicksPerMillisecond))]
    [InlineData(-50, 5 * Second)] // the wall clock was set back meanwhile
    [InlineData(60_000, 5 * Second)] // or forward
    public void A_packet_is_as_old_as_its_stamp_says(int ageMilliseconds, long expected)
    {
        var clock = new ArrivalClock(new StillTime());
        var wall = (StillTime.Now - DateTimeOffset.UnixEpoch - TimeSpan.FromMilliseconds(ageMilliseconds)).Ticks * 100;
        Assert.Equal(expected, clock.ToTicks(wall));
    }

    [Fact]
    public void Without_a_stamp_it_is_now() => Assert.Equal(5 * Second, new ArrivalClock(new StillTime()).ToTicks(0));

    private sealed class StillTime : TimeProvider
    {
        public static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

        public override long TimestampFrequency => Second;

        public override DateTimeOffset GetUtcNow() => Now;

        public override long GetTimestamp() => 5 * Second;
    }
}
