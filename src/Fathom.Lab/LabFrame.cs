using Fathom.Lab.Link;

namespace Fathom.Lab;

/// <summary>A frame that leaves or reaches a port.</summary>
/// <param name="At">When, in the time since the lab began (<see cref="Time.LabClock.Now"/>).</param>
/// <param name="Port">Where.</param>
/// <param name="IsOutgoing">It leaves.</param>
/// <param name="Octets">From its link header on: Ethernet's, or IP's own on a point-to-point line (<see cref="LabHost.AddPointToPointPort"/>). They are good only until the observer returns.</param>
public readonly record struct LabFrame(TimeSpan At, LabPort Port, bool IsOutgoing, ReadOnlyMemory<byte> Octets);
