using Fathom.Wire.Application.Http;
using Fathom.Wire.Transport;

namespace Fathom.Services.Application.Http;

/// <summary>A request that came whole.</summary>
/// <param name="Head">The head. Its method may be any token; HEAD is answered like GET, the server leaves the body out.</param>
/// <param name="Body">The body without framing; empty for none.</param>
/// <param name="Trailers">The trailers.</param>
/// <param name="Client">Who asks.</param>
public sealed record HttpServerRequest(HttpRequestHead Head, ReadOnlyMemory<byte> Body, HttpFields Trailers, IpEndpoint Client)
{
    /// <summary>The path of the target, as it was sent, without query; "*" for OPTIONS *.</summary>
    public string Path
    {
        get
        {
            var target = Head.Target;

            // RFC 9112 §3.2.2: a server takes absolute-form too.
            var authority = target.IndexOf("://", StringComparison.Ordinal);
            if (authority >= 0 && target[0] != '/')
            {
                var slash = target.IndexOf('/', authority + 3);
                target = slash < 0 ? "/" : target[slash..];
            }

            var query = target.IndexOf('?', StringComparison.Ordinal);
            return query < 0 ? target : target[..query];
        }
    }
}
