namespace Fathom.Lab.Events;

/// <summary>Something that is going to happen in a lab, unless what happens before changes it.</summary>
/// <param name="At">When, in the time since the lab began (<see cref="Time.LabClock.Now"/>).</param>
/// <param name="What">What, in words.</param>
public readonly record struct PendingEvent(TimeSpan At, string What);
