namespace Fathom.Wire;

/// <summary>One field of a header: where it stands, and the clause that defines it.</summary>
/// <param name="Name">The specification's name for the field, in camel case: "totalLength".</param>
/// <param name="BitOffset">Bits from the first bit of the header; bit 0 is the most significant of octet 0.</param>
/// <param name="BitLength">Bits that the field takes.</param>
/// <param name="Spec">The clause: "RFC 791 §3.1".</param>
public readonly record struct FieldSpec(string Name, int BitOffset, int BitLength, string Spec);
