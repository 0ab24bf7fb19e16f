namespace Fathom.Stack.Timing;

/// <summary>The latest time that the driver has told. Calls without a time, such as that for a new address, set deadlines at it, so that they are due at once.</summary>
internal sealed class StackClock
{
    public TimeSpan Now { get; private set; }

    /// <summary>Time never goes back.</summary>
    public void Advance(TimeSpan now)
    {
        if (now > Now) Now = now;
    }
}
