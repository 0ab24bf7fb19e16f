namespace Fathom.Wire.Application.Http;

/// <summary>A part of a field's value, and what it means.</summary>
/// <param name="Text">The part as it was sent. From the network: escape it before showing.</param>
/// <param name="Meaning">What it says, in plain words; may repeat parts of the value.</param>
public sealed record HttpValuePart(string Text, string Meaning);
