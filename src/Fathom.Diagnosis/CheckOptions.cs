using Fathom.Wire.Internet;

namespace Fathom.Diagnosis;

/// <summary>How a check is made.</summary>
public sealed record CheckOptions
{
    /// <summary>When a check ends with what is known by then. The slowest honest diagnosis (a stalled server over a suspected black hole) takes about half of it.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a SYN may wait: Linux sends at 0, 1 and 3 s, and the answer to the third gets a second.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How long a TLS handshake may take. A lost flight is retransmitted after 1, 3 and 7 s.</summary>
    public TimeSpan TlsTimeout { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Use only this version of IP; null for both.</summary>
    public IpVersion? Version { get; init; }

    /// <summary>Addresses to try at the most, both versions together: large sites publish up to eight of each.</summary>
    public int MaximumAddresses { get; init; } = 16;

    /// <summary>Redirects to follow: what curl calls a loop by default is 50, browsers stop at 20; ten is more than any site needs.</summary>
    public int MaximumRedirects { get; init; } = 10;

    /// <summary>The product token of the User-Agent field.</summary>
    public string UserAgent { get; init; } = "fathom";

    /// <summary>Roots to trust instead of the host's, or null.</summary>
    public Hosts.Application.TrustAnchors? TrustAnchors { get; init; }
}
