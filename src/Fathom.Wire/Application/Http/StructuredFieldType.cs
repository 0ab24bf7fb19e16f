namespace Fathom.Wire.Application.Http;

/// <summary>The three kinds of structured fields (RFC 9651 §3).</summary>
public enum StructuredFieldType
{
    /// <summary>One value with parameters.</summary>
    Item,

    /// <summary>Values, or inner lists of values, in order.</summary>
    List,

    /// <summary>Values, or inner lists, by key.</summary>
    Dictionary,
}
