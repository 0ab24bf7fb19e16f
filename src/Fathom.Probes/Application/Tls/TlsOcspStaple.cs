namespace Fathom.Probes.Application.Tls;

/// <summary>An OCSP response that a server sent beside its certificate (RFC 6066 §8), so that clients need not ask. Its signature is not verified.</summary>
/// <param name="Status">What it says of the server's certificate.</param>
public sealed record TlsOcspStaple(TlsOcspStatus Status)
{
    /// <summary>When the responder made it, or null.</summary>
    public DateTimeOffset? ProducedAt { get; init; }

    /// <summary>From when what it says was known to be right, or null.</summary>
    public DateTimeOffset? ThisUpdate { get; init; }

    /// <summary>When there will be something newer, at the latest; null where the responder does not say.</summary>
    public DateTimeOffset? NextUpdate { get; init; }

    /// <summary>When the certificate was revoked, or null.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}
