using Fathom.Lab.Link;

namespace Fathom.Lab;

/// <summary>A frame that left a port and arrives nowhere.</summary>
/// <param name="At">When, in the time since the lab began (<see cref="Time.LabClock.Now"/>).</param>
/// <param name="Port">The port that it left, or was under way to where the cable was pulled meanwhile.</param>
/// <param name="Reason">Why.</param>
/// <param name="Octets">As in <see cref="LabFrame"/>; they are good only until the observer returns.</param>
public readonly record struct LabFrameDrop(TimeSpan At, LabPort Port, FrameDrop Reason, ReadOnlyMemory<byte> Octets);
