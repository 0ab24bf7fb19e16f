namespace Fathom.Wire.Application.Http;

/// <summary>Where a reader stands in its message.</summary>
public enum HttpReadState
{
    /// <summary>In the start line or the fields.</summary>
    Head,

    /// <summary>In the body.</summary>
    Body,

    /// <summary>After the last chunk.</summary>
    Trailers,

    /// <summary>The message is whole; the octet after it was not read.</summary>
    Complete,

    /// <summary>The message cannot be read; the reader's error says why.</summary>
    Failed,
}
