namespace Fathom.Wire.Application.Http;

/// <summary>Whether caches may store and reuse the responses to a method (RFC 9110 §9.2.3).</summary>
public enum HttpMethodCaching
{
    /// <summary>Never reused.</summary>
    None,

    /// <summary>Reused by the usual rules (RFC 9111): GET and HEAD.</summary>
    Cacheable,

    /// <summary>Only with explicit freshness and a Content-Location that is the request's URL (RFC 9110 §9.3.3, RFC 5789 §2); hardly any cache does it.</summary>
    ExplicitOnly,
}
