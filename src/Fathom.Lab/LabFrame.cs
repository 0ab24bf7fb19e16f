using Fathom.Lab.Link;

namespace Fathom.Lab;

/// <summary>A frame that leaves or reaches a port.</summary>
/// <param name="At">When.</param>
/// <param name="Port">Where.</param>
/// <param name="IsOutgoing">It leaves.</param>
/// <param name="Octets">Its octets; they are good only until the observer returns.</param>
public readonly record struct LabFrame(TimeSpan At, LabPort Port, bool IsOutgoing, ReadOnlyMemory<byte> Octets);
