using Fathom.Wire.Application.Http;

namespace Fathom.Services.Application.Http;

/// <summary>The limits of an <see cref="HttpServer"/>.</summary>
public sealed record HttpServerOptions
{
    /// <summary>Limits of heads and framing; beyond them 414 or 431.</summary>
    public HttpLimits Limits { get; init; } = HttpLimits.Default;

    /// <summary>Octets of a request's body at the most; beyond it 413.</summary>
    public int MaximumBody { get; init; } = 16 * 1024 * 1024;

    /// <summary>How long one request may take to arrive, from its first octet on; beyond it 408.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a connection may be idle between requests; then it is closed without a word (RFC 9112 §9.5).</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Connections at once; more wait to be accepted.</summary>
    public int MaximumConnections { get; init; } = 256;

    /// <summary>The value of Server; empty sends none.</summary>
    public string ServerName { get; init; } = "fathom";
}
