namespace Fathom.Wire.Transport;

/// <summary>The timestamps option's values (RFC 7323 §3.2), in ticks of the sender's and the receiver's own clocks.</summary>
/// <param name="Value">The sender's clock.</param>
/// <param name="EchoReply">The receiver's clock, as the sender last saw it; without meaning unless ACK is set.</param>
public readonly record struct TcpTimestamps(uint Value, uint EchoReply);
