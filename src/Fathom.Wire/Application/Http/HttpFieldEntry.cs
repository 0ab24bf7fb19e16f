namespace Fathom.Wire.Application.Http;

/// <summary>One row of the field name registry.</summary>
/// <param name="Name">The name as it is usually written; compared without case.</param>
/// <param name="Status">How it is registered.</param>
/// <param name="StructuredType">Its kind where it is a structured field (RFC 9651), else null.</param>
/// <param name="Reference">Where it is specified.</param>
/// <param name="Meaning">What it says, in plain words; empty for rare ones.</param>
public sealed record HttpFieldEntry(string Name, HttpFieldStatus Status, StructuredFieldType? StructuredType, string Reference, string Meaning);
