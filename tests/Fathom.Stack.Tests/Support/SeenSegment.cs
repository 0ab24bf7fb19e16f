using Fathom.Wire.Transport;

namespace Fathom.Stack.Tests.Support;

/// <summary>A segment that a host sent: numbers as they stand, and counted from the initial ones.</summary>
internal sealed record SeenSegment(TimeSpan At, TcpFlags Flags, SequenceNumber Sequence, uint Relative, uint Acknowledgment, byte[] Text, int Window, TcpOptions Options);
