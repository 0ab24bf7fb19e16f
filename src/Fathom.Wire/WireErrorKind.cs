namespace Fathom.Wire;

/// <summary>What is wrong with the bytes that a reader refused.</summary>
public enum WireErrorKind : byte
{
    /// <summary>Nothing: the reader succeeded.</summary>
    None = 0,

    /// <summary>Fewer bytes are there than the format needs.</summary>
    TooShort,

    /// <summary>A length field contradicts the format or the bytes around it.</summary>
    BadLength,

    /// <summary>The version field names another protocol version.</summary>
    BadVersion,

    /// <summary>A field holds a value that the specification forbids.</summary>
    BadValue,

    /// <summary>A limit that guards against hostile input was reached (nesting, pointers, total size).</summary>
    LimitExceeded,
}
