using Fathom.Hosts;

namespace Fathom.Probes.Tests;

/// <summary>Deadlines, in time and too late.</summary>
public sealed class DeadlineTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    [Fact]
    public void In_time_it_ends_the_work()
    {
        var time = new HandClock();
        using var deadline = new Deadline(time, Limit, default);
        time.Now = Limit;
        time.Fire();
        Assert.True(deadline.Token.IsCancellationRequested && deadline.Passed);
    }

    // What a process finds that was stopped for a second: its timer is behind, and so is who reads its sockets.
    [Fact]
    public void Too_late_it_leaves_time_to_read_what_came_meanwhile()
    {
        var time = new HandClock();
        using var deadline = new Deadline(time, Limit, default);
        time.Now = Limit + TimeSpan.FromSeconds(1);
        time.Fire();
        Assert.False(deadline.Token.IsCancellationRequested);
        Assert.Equal(Punctuality.Backlog, time.Due);
        time.Now += TimeSpan.FromSeconds(1);
        time.Fire();
        Assert.True(deadline.Token.IsCancellationRequested && deadline.Passed);
    }

    // Task.Delay of the run-time takes it for none.
    [Fact]
    public async Task A_wait_of_a_part_of_a_millisecond_is_one()
    {
        var time = new HandClock();
        var wait = HostTasks.Delay(TimeSpan.FromTicks(1), time, default);
        Assert.False(wait.IsCompleted);
        time.Now = TimeSpan.FromMilliseconds(1);
        time.Fire();
        await wait.WaitAsync(TestContext.Current.CancellationToken);
        Assert.True(HostTasks.Delay(TimeSpan.Zero, time, default).IsCompletedSuccessfully);
    }

    [Fact]
    public void The_callers_cancellation_is_none()
    {
        using var caller = new CancellationTokenSource();
        using var deadline = new Deadline(new HandClock(), Limit, caller.Token);
        caller.Cancel();
        Assert.True(deadline.Token.IsCancellationRequested);
        Assert.False(deadline.Passed);
    }

    [Fact]
    public void One_of_nothing_has_passed_and_an_endless_one_never_does()
    {
        using var none = new Deadline(new HandClock(), TimeSpan.Zero, default);
        Assert.True(none.Token.IsCancellationRequested && none.Passed);
        var time = new HandClock();
        using var endless = new Deadline(time, Timeout.InfiniteTimeSpan, default);
        Assert.Null(time.Due);
    }

    // It may go off while its work ends.
    [Fact]
    public void After_disposal_it_does_no_harm()
    {
        var time = new HandClock();
        var deadline = new Deadline(time, Limit, default);
        deadline.Dispose();
        time.Now = Limit;
        time.Fire();
        Assert.True(deadline.Passed);
    }

    /// <summary>A clock with one timer, both moved by hand.</summary>
    private sealed class HandClock : TimeProvider
    {
        private Action? _timer;

        public TimeSpan Now { get; set; }

        public TimeSpan? Due { get; private set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (_timer, Due) = (() => callback(state), dueTime);
            return new Timer(this);
        }

        public void Fire() => _timer!();

        private sealed class Timer(HandClock clock) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                clock.Due = dueTime;
                return true;
            }

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => default;
        }
    }
}
