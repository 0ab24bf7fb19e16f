namespace Fathom.Wire.Encapsulation;

/// <summary>A frame as the receiver's end of the link saw it.</summary>
/// <param name="At">When, from the first packet of the message on; the opening of a connection lies before.</param>
/// <param name="ToReceiver">False for what the receiver sent.</param>
/// <param name="Bytes">The frame.</param>
public sealed record JourneyFrame(TimeSpan At, bool ToReceiver, ReadOnlyMemory<byte> Bytes);
