using Fathom.Lab.Time;

namespace Fathom.Lab.Tests;

/// <summary>A lab in step with real time, which here is a clock that the test moves.</summary>
public class PacerTests
{
    [Fact]
    public void Nothing_happens_before_its_time_and_waiting_is_all_that_is_done_until_then()
    {
        using var lab = new Lab();
        var real = new ManualTime();
        var wait = new RecordingWait(real);
        lab.Pacer = new LabPacer(real, wait);
        var fired = new List<TimeSpan>();
        foreach (var at in new[] { 5, 12, 40 }) lab.Clock.CreateTimer(_ => fired.Add(real.Now), null, TimeSpan.FromMilliseconds(at), Timeout.InfiniteTimeSpan);
        lab.Run(TimeSpan.FromMilliseconds(50));
        Assert.Equal([5, 12, 40], fired.Select(static t => t.TotalMilliseconds));
        Assert.Equal([5, 7, 28, 10], wait.Waits.Select(static w => w!.Value.TotalMilliseconds));
        Assert.Equal(TimeSpan.FromMilliseconds(50), lab.Clock.Now);
    }

    [Fact]
    public void A_lab_of_twice_the_speed_waits_half_as_long()
    {
        using var lab = new Lab();
        var real = new ManualTime();
        lab.Pacer = new LabPacer(real, new RecordingWait(real), speed: 2);
        lab.Run(TimeSpan.FromSeconds(3));
        Assert.Equal(1.5, real.Now.TotalSeconds);
    }

    [Fact]
    public void What_comes_from_outside_comes_at_real_times_moment()
    {
        using var lab = new Lab();
        var real = new ManualTime();
        var taken = new List<TimeSpan>();
        var wait = new RecordingWait(real) { Interrupts = { TimeSpan.FromMilliseconds(3) }, OnTakeIn = () => taken.Add(lab.Clock.Now) };
        lab.Pacer = new LabPacer(real, wait);
        lab.Run(TimeSpan.FromMilliseconds(10));
        Assert.Contains(TimeSpan.FromMilliseconds(3), taken);
    }

    [Fact]
    public void What_comes_while_the_lab_is_late_does_not_come_before_its_time()
    {
        using var lab = new Lab();
        var real = new ManualTime();
        var taken = new List<(TimeSpan Lab, TimeSpan Real)>();
        lab.Pacer = new LabPacer(real, new RecordingWait(real) { OnTakeIn = () => taken.Add((lab.Clock.Now, real.Now)) });
        foreach (var at in new[] { 5, 6, 7, 30 }) lab.Clock.CreateTimer(_ => real.Now += TimeSpan.FromMilliseconds(4), null, TimeSpan.FromMilliseconds(at), Timeout.InfiniteTimeSpan); // each takes four
        lab.Run(TimeSpan.FromMilliseconds(50));
        Assert.Contains(TimeSpan.FromMilliseconds(30), taken.Select(static t => t.Lab));
        Assert.All(taken, static t => Assert.Equal(t.Real, t.Lab));
    }

    [Fact]
    public void A_lab_that_falls_behind_says_so_and_goes_on_from_there()
    {
        using var lab = new Lab();
        var real = new ManualTime();
        var lost = new List<TimeSpan>();
        var pacer = lab.Pacer = new LabPacer(real, new RecordingWait(real)) { FellBehind = lost.Add };
        lab.Clock.CreateTimer(_ => real.Now += TimeSpan.FromSeconds(2), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan); // what happens takes the machine two seconds
        var after = TimeSpan.Zero;
        lab.Clock.CreateTimer(_ => after = real.Now, null, TimeSpan.FromSeconds(1.5), Timeout.InfiniteTimeSpan);
        var last = TimeSpan.Zero;
        lab.Clock.CreateTimer(_ => last = real.Now, null, TimeSpan.FromSeconds(2.5), Timeout.InfiniteTimeSpan);
        lab.Run(TimeSpan.FromSeconds(3));
        Assert.Equal([TimeSpan.FromSeconds(1.5)], lost);
        Assert.Equal(TimeSpan.FromSeconds(1.5), pacer.Lost);
        Assert.Equal(3, after.TotalSeconds);
        Assert.Equal(4, last.TotalSeconds); // the second between them is kept
    }

    [Fact]
    public void A_paused_lab_stands_still_but_for_steps_and_goes_on_from_there()
    {
        using var lab = new Lab();
        var real = new ManualTime();
        var fired = new List<(double Lab, double Real)>();
        foreach (var at in new[] { 1, 2, 3, 4 }) lab.Clock.CreateTimer(_ => fired.Add((lab.Clock.Now.TotalSeconds, real.Now.TotalSeconds)), null, TimeSpan.FromSeconds(at), Timeout.InfiniteTimeSpan);
        LabPacer? pacer = null;
        var waits = 0;
        var goesOn = 0.0;

        // From the second wait on it is paused; the fourth lets two events happen at once, the sixth lets it run again.
        var wait = new RecordingWait(real)
        {
            OnTakeIn = () =>
            {
                switch (++waits)
                {
                    case 2:
                        pacer!.Pause();
                        break;
                    case 4:
                        real.Now += TimeSpan.FromSeconds(100);
                        pacer!.Step(2);
                        break;
                    case 6:
                        goesOn = real.Now.TotalSeconds;
                        pacer!.Continue();
                        break;
                }
            },
        };
        lab.Pacer = pacer = new LabPacer(real, wait);
        lab.Run(TimeSpan.FromSeconds(5));
        Assert.Equal([1, 2, 3, 4], fired.Select(static f => f.Lab));
        Assert.Equal(1, fired[0].Real);
        Assert.Equal(fired[1].Real, fired[2].Real); // both steps at once
        Assert.True(fired[1].Real >= 101, fired[1].Real.ToString());
        Assert.Equal(1, fired[3].Real - goesOn, 6); // in step again
        Assert.Equal(TimeSpan.Zero, pacer.Lost); // a pause is nothing that it has to catch up with
    }

    [Fact]
    public void Another_speed_holds_from_the_moment_it_is_set()
    {
        using var lab = new Lab();
        var real = new ManualTime();
        var pacer = lab.Pacer = new LabPacer(real, new RecordingWait(real));
        lab.Clock.CreateTimer(_ => pacer.Speed = 0.5, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        lab.Run(TimeSpan.FromSeconds(3));
        Assert.Equal(5, real.Now.TotalSeconds); // one second, and two at half the speed
    }

    private sealed class ManualTime : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }

    private sealed class RecordingWait(ManualTime real) : ILabWait
    {
        public List<TimeSpan?> Waits { get; } = [];

        /// <summary>Moments at which something comes from outside.</summary>
        public List<TimeSpan> Interrupts { get; } = [];

        public Action? OnTakeIn { get; init; }

        public void Wait(TimeSpan? atMost)
        {
            Waits.Add(atMost);
            var end = real.Now + (atMost ?? TimeSpan.FromSeconds(1)); // nothing is due: something comes from outside
            var next = Interrupts.Where(i => i > real.Now && i < end).Append(end).Min();
            real.Now = next;
        }

        public void TakeIn() => OnTakeIn?.Invoke();
    }
}
