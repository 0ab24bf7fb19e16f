namespace Fathom.Stack.Timing;

/// <summary>Something that is to happen at a moment, in a <see cref="DeadlineQueue"/>: one machine's next deadline. A machine that has several timers keeps the earliest here.</summary>
public abstract class Deadline
{
    /// <summary>When it is due; counts while <see cref="IsSet"/>.</summary>
    public TimeSpan At { get; internal set; }

    /// <summary>It waits in a queue.</summary>
    public bool IsSet => Number >= 0;

    /// <summary>Its number in the queue while it is set, or -1.</summary>
    internal int Number { get; set; } = -1;

    /// <summary>Called once, when it is due; it is out of the queue then and may be set again.</summary>
    /// <param name="now">The time.</param>
    public abstract void Expire(TimeSpan now);
}
