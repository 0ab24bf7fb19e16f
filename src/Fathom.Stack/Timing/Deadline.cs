namespace Fathom.Stack.Timing;

/// <summary>One machine's next deadline in a <see cref="DeadlineQueue"/>. A machine that has several timers keeps the earliest here.</summary>
internal abstract class Deadline
{
    /// <summary>When it is due; counts while <see cref="Place"/> is not negative.</summary>
    internal TimeSpan At { get; set; }

    /// <summary>Tells apart two that are due at the same time: the one set first comes first, so that the same run gives the same order.</summary>
    internal long Order { get; set; }

    /// <summary>Its place in the queue, or -1.</summary>
    internal int Place { get; set; } = -1;

    /// <summary>Called once, when it is due; it is out of the queue then and may be set again.</summary>
    /// <param name="now">The time.</param>
    internal abstract void Expire(TimeSpan now);
}
