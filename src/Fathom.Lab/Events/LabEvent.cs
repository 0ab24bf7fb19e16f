namespace Fathom.Lab.Events;

/// <summary>Something that happened in a lab and is worth telling.</summary>
/// <param name="At">When, in the time since the lab began (<see cref="Time.LabClock.Now"/>).</param>
/// <param name="Place">Where: a host, a box, a link.</param>
/// <param name="What">What, in words.</param>
public readonly record struct LabEvent(TimeSpan At, string Place, string What);
