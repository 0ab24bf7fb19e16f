namespace Fathom.Wire.Dissection;

/// <summary>One field of a dissected layer.</summary>
/// <param name="Name">The specification's name in camel case: "totalLength"; of an option, the option's name, and of a part of it
/// both: "recordRoute.pointer". A part's bits lie inside the option's, which stands before it.</param>
/// <param name="BitOffset">Bits from the frame's first; bit 0 is the most significant of octet 0.</param>
/// <param name="BitLength">Bits that the field takes.</param>
/// <param name="Number">The value as it stands on the wire, where it has 64 bits or fewer and is a number; else null.</param>
/// <param name="Text">The value for a person. Safe for a terminal: nothing from the network is copied into it as text.</param>
/// <param name="Spec">The clause: "RFC 791 §3.1".</param>
public sealed record DissectedField(string Name, int BitOffset, int BitLength, ulong? Number, string Text, string Spec);
