namespace Fathom.Wire.Application.Http;

/// <summary>What became of the content codings of a body.</summary>
public enum HttpDecodingStatus
{
    /// <summary>There were none: the content is as it came.</summary>
    NotCoded,

    /// <summary>All were undone.</summary>
    Decoded,

    /// <summary>The limit was reached: a large page, or a decompression bomb. The content is its beginning.</summary>
    TooLarge,

    /// <summary>The content is not what its coding says, or ends too soon. The content is what could be read.</summary>
    Malformed,

    /// <summary>A coding is not known here. The content is as it came.</summary>
    Unsupported,
}
