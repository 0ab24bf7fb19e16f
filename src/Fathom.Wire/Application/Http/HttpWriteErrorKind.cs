namespace Fathom.Wire.Application.Http;

/// <summary>Why a message is not sent: what two readers could read differently never leaves.</summary>
public enum HttpWriteErrorKind
{
    /// <summary>The method is no token (RFC 9110 §9.1).</summary>
    BadMethod,

    /// <summary>The target is empty, holds a space, control or non-ASCII character, or has not the form for its method (RFC 9112 §3.2).</summary>
    BadTarget,

    /// <summary>The version is neither 1.0 nor 1.1.</summary>
    BadVersion,

    /// <summary>The status is not three digits (RFC 9112 §4).</summary>
    BadStatus,

    /// <summary>HTTP/1.1 without Host (RFC 9112 §3.2).</summary>
    HostMissing,

    /// <summary>Host more than once (RFC 9112 §3.2).</summary>
    HostRepeated,

    /// <summary>Host is no host and port (RFC 9112 §3.2).</summary>
    BadHost,

    /// <summary>A field name is no token: a space, a colon, a line end would make another field of it (RFC 9110 §5.1).</summary>
    BadFieldName,

    /// <summary>A value holds CR, LF, NUL or another control character, or one outside Latin-1 (RFC 9110 §5.5).</summary>
    BadFieldValue,

    /// <summary>Content-Length beside Transfer-Encoding (RFC 9112 §6.2).</summary>
    LengthAndTransferEncoding,

    /// <summary>Content-Length more than once (RFC 9110 §8.6).</summary>
    RepeatedLength,

    /// <summary>Content-Length is no number (RFC 9110 §8.6).</summary>
    BadLength,

    /// <summary>Content-Length is another number than the body has octets.</summary>
    WrongLength,

    /// <summary>Transfer-Encoding does not end in "chunked", once, or stands in HTTP/1.0 (RFC 9112 §6.1).</summary>
    BadTransferEncoding,

    /// <summary>There is a body and nothing that says where it ends.</summary>
    UnframedBody,

    /// <summary>CONNECT with a body (RFC 9110 §9.3.6).</summary>
    BodyOnConnect,

    /// <summary>Trailers without chunks, or a trailer that frames, routes or authenticates (RFC 9110 §6.5.1).</summary>
    BadTrailer,
}
