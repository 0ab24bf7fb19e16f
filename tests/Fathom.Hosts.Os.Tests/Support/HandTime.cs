namespace Fathom.Hosts.Os.Tests.Support;

/// <summary>A clock whose timers go off by hand.</summary>
internal sealed class HandTime : TimeProvider
{
    private readonly List<Action> _timers = [];

    public void Fire() => _timers.ForEach(timer => timer());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _timers.Add(() => callback(state));
        return new Timer();
    }

    private sealed class Timer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}
