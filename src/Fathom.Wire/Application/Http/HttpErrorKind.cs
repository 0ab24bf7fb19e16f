namespace Fathom.Wire.Application.Http;

/// <summary>Why a message could not be read.</summary>
public enum HttpErrorKind
{
    /// <summary>The first octets are not HTTP/1: another protocol speaks.</summary>
    NotHttp,

    /// <summary>The message names a major version other than 1.</summary>
    UnsupportedVersion,

    /// <summary>The status line is not what RFC 9112 §4 says.</summary>
    BadStatusLine,

    /// <summary>The request line is not what RFC 9112 §3 says.</summary>
    BadRequestLine,

    /// <summary>A field line is not what RFC 9112 §5 says.</summary>
    BadField,

    /// <summary>Host is missing, repeated or not valid (RFC 9112 §3.2); requests only.</summary>
    BadHost,

    /// <summary>Content-Length is not a number (RFC 9110 §8.6).</summary>
    BadContentLength,

    /// <summary>Two lengths, or in a request Content-Length and Transfer-Encoding, contradict each other (RFC 9112 §6.3).</summary>
    ConflictingLengths,

    /// <summary>Transfer-Encoding cannot be read, or leaves the end of the message open (RFC 9112 §6.1).</summary>
    BadTransferEncoding,

    /// <summary>A chunk's size, extension or end is wrong (RFC 9112 §7.1).</summary>
    BadChunk,

    /// <summary>The start line exceeds <see cref="HttpLimits.MaximumStartLineLength"/>.</summary>
    StartLineTooLong,

    /// <summary>The head exceeds <see cref="HttpLimits.MaximumHeadLength"/>.</summary>
    HeadTooLong,

    /// <summary>A field line exceeds <see cref="HttpLimits.MaximumFieldLength"/>.</summary>
    FieldTooLong,

    /// <summary>More fields than <see cref="HttpLimits.MaximumFields"/>.</summary>
    TooManyFields,

    /// <summary>More 1xx responses than <see cref="HttpLimits.MaximumInformational"/>.</summary>
    TooManyInformational,

    /// <summary>The line of a chunk's size exceeds <see cref="HttpLimits.MaximumChunkLineLength"/>.</summary>
    ChunkLineTooLong,

    /// <summary>The trailers exceed <see cref="HttpLimits.MaximumTrailerLength"/>.</summary>
    TrailersTooLong,

    /// <summary>The peer closed before the message was whole.</summary>
    Truncated,
}
