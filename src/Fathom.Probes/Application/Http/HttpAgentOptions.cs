using Fathom.Hosts.Application;
using Fathom.Wire.Application.Http;
using Fathom.Wire.Internet;

namespace Fathom.Probes.Application.Http;

/// <summary>How an <see cref="HttpAgent"/> works.</summary>
public sealed record HttpAgentOptions
{
    /// <summary>The value of User-Agent; empty sends none.</summary>
    public string UserAgent { get; init; } = "fathom";

    /// <summary>How long to wait for name, TCP, proxy and TLS together.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long nothing may arrive while a response is waited for.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a request may take with all its redirects and retries; null for no limit.</summary>
    public TimeSpan? TotalTimeout { get; init; }

    /// <summary>One IP version only; null for both.</summary>
    public IpVersion? Version { get; init; }

    /// <summary>Follow redirects.</summary>
    public bool FollowRedirects { get; init; }

    /// <summary>Redirects that are followed, at the most. Browsers stop at 20; RFC 9110 §15.4 asks clients to notice loops.</summary>
    public int MaximumRedirects { get; init; } = 20;

    /// <summary>How often a request is repeated after a failure that may pass; only idempotent methods are (RFC 9110 §9.2.2).</summary>
    public int Retries { get; init; }

    /// <summary>Octets of a body in memory, as sent and after decoding, at the most.</summary>
    public int MaximumBody { get; init; } = 64 * 1024 * 1024;

    /// <summary>Octets of a body that goes to an <see cref="IHttpBodySink"/>, at the most; null for no limit.</summary>
    public long? MaximumStored { get; init; }

    /// <summary>Limits of head and framing.</summary>
    public HttpLimits Limits { get; init; } = HttpLimits.Default;

    /// <summary>Ask for compressed content, and undo it.</summary>
    public bool Compressed { get; init; }

    /// <summary>Keep connections open for the next request.</summary>
    public bool KeepAlive { get; init; } = true;

    /// <summary>The digit after "HTTP/1." to send: 1, or 0.</summary>
    public int MinorVersion { get; init; } = 1;

    /// <summary>Go on though the certificate cannot be trusted. What is wrong with it is in the report all the same.</summary>
    public bool Insecure { get; init; }

    /// <summary>The roots to trust; null for the host's.</summary>
    public TrustAnchors? TrustAnchors { get; init; }

    /// <summary>Addresses to use for "host:port" instead of asking; the keys are <see cref="HttpTarget.HostAndPort"/>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<IpAddress>> Addresses { get; init; } = new Dictionary<string, IReadOnlyList<IpAddress>>();

    /// <summary>The proxy for a target, or null for none.</summary>
    public Func<HttpTarget, HttpProxy?> Proxy { get; init; } = static _ => null;

    /// <summary>Where cookies are kept; null for nowhere.</summary>
    public IHttpCookies? Cookies { get; init; }
}
