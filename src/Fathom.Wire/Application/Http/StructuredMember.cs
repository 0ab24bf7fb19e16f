namespace Fathom.Wire.Application.Http;

/// <summary>A member of a structured list or dictionary: an item or an inner list, with parameters (RFC 9651 §3.1, §3.2).</summary>
/// <param name="Parameters">The parameters, in order, each key once.</param>
public abstract record StructuredMember(IReadOnlyList<KeyValuePair<string, StructuredValue>> Parameters);
