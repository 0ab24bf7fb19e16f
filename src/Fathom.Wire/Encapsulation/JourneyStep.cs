namespace Fathom.Wire.Encapsulation;

/// <summary>One thing that happened.</summary>
/// <param name="At">When, from the first packet of the message on.</param>
/// <param name="Event">What.</param>
/// <param name="Number">The packet's number; 0 where none is meant.</param>
/// <param name="Text">The step for a person.</param>
public sealed record JourneyStep(TimeSpan At, JourneyEvent Event, int Number, string Text);
