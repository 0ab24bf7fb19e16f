namespace Fathom.Wire.Application.Http;

/// <summary>Items between parentheses, with parameters of the whole (RFC 9651 §3.1.1).</summary>
/// <param name="Items">The items.</param>
/// <param name="Parameters">The parameters, in order, each key once.</param>
public sealed record StructuredInnerList(IReadOnlyList<StructuredItem> Items, IReadOnlyList<KeyValuePair<string, StructuredValue>> Parameters) : StructuredMember(Parameters);
