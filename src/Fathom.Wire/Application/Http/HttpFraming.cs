namespace Fathom.Wire.Application.Http;

/// <summary>What ends a body (RFC 9112 §6.3).</summary>
public enum HttpFraming
{
    /// <summary>There is no body, or the head was not read yet.</summary>
    None,

    /// <summary>A number of octets, said beforehand.</summary>
    ContentLength,

    /// <summary>Chunks; the last is empty.</summary>
    Chunked,

    /// <summary>The peer's close: a cut cannot be told from the end.</summary>
    UntilClose,
}
