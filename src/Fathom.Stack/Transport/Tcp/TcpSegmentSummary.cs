using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport.Tcp;

/// <summary>A segment's fields, for whoever watches. Numbers are relative to the initial ones where those are known; a SYN's own, which is the initial one, stays as it is.</summary>
/// <param name="Flags">The control bits.</param>
/// <param name="Sequence">The sequence number.</param>
/// <param name="Acknowledgment">The acknowledgment number; counts with ACK.</param>
/// <param name="Length">Octets of data.</param>
/// <param name="Window">The window in octets, scaled.</param>
/// <param name="Options">The options.</param>
public readonly record struct TcpSegmentSummary(TcpFlags Flags, uint Sequence, uint Acknowledgment, int Length, int Window, TcpOptions Options);
