namespace Fathom.Wire.Application.Http;

/// <summary>One value with parameters (RFC 9651 §3.3).</summary>
/// <param name="Value">The value.</param>
/// <param name="Parameters">The parameters, in order, each key once.</param>
public sealed record StructuredItem(StructuredValue Value, IReadOnlyList<KeyValuePair<string, StructuredValue>> Parameters) : StructuredMember(Parameters);
