namespace Fathom.Wire.Application.Http;

/// <summary>What is against the specification in a response, and was read all the same because clients do.</summary>
public enum HttpToleranceKind
{
    /// <summary>Empty lines stood before the status line.</summary>
    LeadingEmptyLine,

    /// <summary>A line of the head or trailers ended in LF without CR; RFC 9112 §2.2 lets a recipient take it.</summary>
    BareLineFeed,

    /// <summary>The status line ended after the status, without the space that RFC 9112 §4 asks for.</summary>
    MissingReasonSpace,

    /// <summary>A field was folded over lines; each fold became a space (RFC 9112 §5.2).</summary>
    FoldedField,

    /// <summary>Whitespace stood between a field's name and its colon (RFC 9112 §5.1); it was taken away.</summary>
    SpaceBeforeColon,

    /// <summary>A value or the reason held a control character other than CR, LF and NUL; RFC 9110 §5.5 lets a recipient keep it.</summary>
    ControlCharacter,

    /// <summary>Content-Length was repeated with one and the same number (RFC 9112 §6.3).</summary>
    RepeatedContentLength,

    /// <summary>Transfer-Encoding stood beside Content-Length and won (RFC 9112 §6.3).</summary>
    TransferEncodingWithContentLength,

    /// <summary>Transfer-Encoding came in HTTP/1.0 (RFC 9112 §6.1): the connection must not be used again.</summary>
    TransferEncodingInHttp10,

    /// <summary>Whitespace stood between a chunk's size and the end of its line (RFC 9112 §7.1).</summary>
    SpaceAfterChunkSize,

    /// <summary>A chunk extension was not what RFC 9112 §7.1.1 says; it was ignored, as all extensions are.</summary>
    BadChunkExtension,
}
