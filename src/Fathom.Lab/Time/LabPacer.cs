namespace Fathom.Lab.Time;

/// <summary>
/// Keeps a lab in step with real time: nothing happens before its time. A lab that cannot keep up catches up as long as it is a little late only; then it says so, and goes on from
/// where it is, so that it is late by a while instead of ever later.
/// </summary>
public sealed class LabPacer
{
    /// <summary>What a busy machine makes a program wait now and then; a delay of less needs no word.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(250);

    private readonly TimeProvider _real;
    private readonly ILabWait _wait;
    private double _speed;
    private TimeSpan? _begin;
    private long _realBegin;
    private int _steps;

    /// <summary>Makes one; the lab's time begins to run when it first waits.</summary>
    /// <param name="real">Real time.</param>
    /// <param name="wait">How it is waited for.</param>
    /// <param name="speed">Seconds of the lab in a real second: above 0.</param>
    public LabPacer(TimeProvider real, ILabWait wait, double speed = 1)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(wait);
        _real = real;
        _wait = wait;
        Speed = speed;
    }

    /// <summary>Seconds of the lab in a real second: above 0. Another one holds from now on.</summary>
    public double Speed
    {
        get => _speed;
        set
        {
            if (!(value > 0 && double.IsFinite(value))) throw new ArgumentOutOfRangeException(nameof(value), "A lab's time runs forward.");
            if (_begin is not null && !IsPaused) Begin(Now);
            _speed = value;
        }
    }

    /// <summary>The lab's time stands still; what comes from outside is taken in all the same.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>Told when the lab could not keep up, with how much real time it lost; null: nobody is.</summary>
    public Action<TimeSpan>? FellBehind { get; set; }

    /// <summary>How much real time was lost in all.</summary>
    public TimeSpan Lost { get; private set; }

    /// <summary>Lets the lab's time stand still.</summary>
    public void Pause() => IsPaused = true;

    /// <summary>Lets it run again, from where it stands.</summary>
    public void Continue()
    {
        IsPaused = false;
        _begin = null;
        _steps = 0;
    }

    /// <summary>Lets the next events of a paused lab happen, without waiting for their time.</summary>
    /// <param name="count">How many; above 0.</param>
    public void Step(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        IsPaused = true;
        _steps = count;
    }

    /// <summary>Waits for a time of the lab's.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="target">When; <see cref="TimeSpan.MaxValue"/>: never.</param>
    /// <returns>True once it is reached; false where something else may come first: look again.</returns>
    internal bool TryReach(Lab lab, TimeSpan target)
    {
        if (IsPaused) return TryStep(lab, target);
        if (_begin is null) Begin(lab.Clock.Now);
        var now = Now;
        if (now >= target)
        {
            // What has come meanwhile is taken in when the lab has caught up: with the lab's clock behind, it would seem to have come earlier than it did.
            var late = (now - target) / _speed;
            if (late > Tolerance) Slip(lab, target, late);
            return true;
        }

        lab.Clock.Now = Max(now, lab.Clock.Now);
        _wait.Wait(target == TimeSpan.MaxValue ? null : (target - now) / _speed);
        now = Now;
        if (now > target) return false;
        lab.Clock.Now = Max(now, lab.Clock.Now);
        _wait.TakeIn();
        return false;
    }

    /// <summary>The lab's time, as real time has it.</summary>
    private TimeSpan Now => _begin!.Value + (_real.GetElapsedTime(_realBegin) * _speed);

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private bool TryStep(Lab lab, TimeSpan target)
    {
        // The end of a run is no event.
        if (_steps > 0 && lab.Deadlines.Next == target)
        {
            _steps--;
            return true;
        }

        _wait.Wait(null);
        _wait.TakeIn();
        return false;
    }

    private void Begin(TimeSpan at)
    {
        _begin = at;
        _realBegin = _real.GetTimestamp();
    }

    private void Slip(Lab lab, TimeSpan at, TimeSpan late)
    {
        Lost += late;
        Begin(at);
        FellBehind?.Invoke(late);

        // A lab that is behind all the time must hear of the world now and then; and the two clocks agree here.
        lab.Clock.Now = Max(at, lab.Clock.Now);
        _wait.TakeIn();
    }
}
