namespace Fathom.Wire.Application.Http;

/// <summary>
/// The shapes of a message that two readers in a row (a proxy and the server behind it) can cut at different places, so that one request hides
/// in another ("request smuggling"; RFC 9112 §11.2). A request of such a shape is refused.
/// </summary>
public enum HttpSmugglingShape
{
    /// <summary>Content-Length and Transfer-Encoding: one reader counts, the other reads chunks ("CL.TE", "TE.CL").</summary>
    LengthAndTransferEncoding,

    /// <summary>Content-Length more than once: which counts?</summary>
    RepeatedLength,

    /// <summary>Content-Length that is no plain number: "+5", "0x5", "5 5".</summary>
    ObscuredLength,

    /// <summary>Transfer-Encoding that one reader understands and another passes over: "xchunked", "chunked, identity", "chunked" twice ("TE.TE").</summary>
    ObscuredTransferEncoding,

    /// <summary>Transfer-Encoding in HTTP/1.0, which does not know it.</summary>
    TransferEncodingInHttp10,

    /// <summary>A body on CONNECT, whose rest belongs to the tunnel.</summary>
    BodyOnConnect,

    /// <summary>A field folded over lines (obs-fold): for some readers the second line is a field of its own.</summary>
    FoldedField,

    /// <summary>A field line that begins with whitespace right after the request line.</summary>
    SpaceBeforeFirstField,

    /// <summary>A line that ends in LF without CR.</summary>
    BareLineFeed,

    /// <summary>A CR inside a line.</summary>
    BareCarriageReturn,

    /// <summary>A NUL or another control character inside a value.</summary>
    ControlCharacter,

    /// <summary>Whitespace between a field's name and the colon: for some readers another field.</summary>
    SpaceBeforeColon,

    /// <summary>Host missing, repeated or no host: two readers may route it to two sites.</summary>
    AmbiguousHost,

    /// <summary>A chunk size too large to count with: it may wrap around.</summary>
    ChunkSizeOverflow,

    /// <summary>A chunk size that is no hexadecimal number, or is followed by what does not belong there.</summary>
    ObscuredChunkSize,

    /// <summary>A chunk-size line that ends in LF without CR.</summary>
    ChunkLineBareLineFeed,

    /// <summary>A chunk that is longer or shorter than its size says.</summary>
    ChunkEndMissing,
}
