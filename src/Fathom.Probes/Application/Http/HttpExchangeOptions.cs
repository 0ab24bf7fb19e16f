using Fathom.Wire.Application.Http;

namespace Fathom.Probes.Application.Http;

/// <summary>Limits of one exchange.</summary>
public sealed record HttpExchangeOptions
{
    /// <summary>How long nothing may arrive: a slow page is not a broken one, and few clients wait much longer.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the whole response may take.</summary>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Octets of the body to read: enough to see a page end, without fetching a disk image.</summary>
    public long MaximumBody { get; init; } = 4 * 1024 * 1024;

    /// <summary>Limits of the head and the framing.</summary>
    public HttpLimits Limits { get; init; } = new();

    /// <summary>How long to wait, after the response, for the peer to close.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromMilliseconds(500);
}
