namespace Fathom.Lab.Tests;

/// <summary>How long a lab may run: its time goes forward, and has no end.</summary>
public class LabRunTests
{
    [Fact]
    public void Time_does_not_go_back()
    {
        using var lab = new Lab();
        lab.Run(TimeSpan.FromSeconds(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => lab.Run(TimeSpan.FromSeconds(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => lab.Run(static () => Task.FromResult(1), Timeout.InfiniteTimeSpan));
        Assert.Equal(TimeSpan.FromSeconds(3), lab.Clock.Now);
    }

    [Fact]
    public void A_program_may_take_as_much_time_as_it_needs_in_a_lab_that_has_run_before()
    {
        using var lab = new Lab();
        var host = lab.AddHost(new LabHostOptions("host"));
        lab.Run(TimeSpan.FromSeconds(3));
        lab.Run(
            async () =>
            {
                await Task.Delay(TimeSpan.FromDays(40), host.Network.Time);
                return true;
            },
            TimeSpan.MaxValue);
        Assert.Equal(TimeSpan.FromDays(40) + TimeSpan.FromSeconds(3), lab.Clock.Now);
    }

    [Fact]
    public void The_caller_has_its_context_back_where_an_observer_throws()
    {
        using var lab = new Lab();
        var host = lab.AddHost(new LabHostOptions("host"));
        var before = SynchronizationContext.Current;
        using var timer = host.Network.Time.CreateTimer(static _ => throw new NotSupportedException(), null, TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);
        Assert.Throws<NotSupportedException>(() => lab.Run(TimeSpan.FromSeconds(5)));
        Assert.Same(before, SynchronizationContext.Current);
    }
}
