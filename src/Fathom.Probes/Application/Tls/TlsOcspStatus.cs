namespace Fathom.Probes.Application.Tls;

/// <summary>What an OCSP response says of a certificate (RFC 6960 §2.2).</summary>
public enum TlsOcspStatus
{
    /// <summary>The response cannot be read.</summary>
    Unreadable,

    /// <summary>The responder gave no answer: it is busy, or does not want to.</summary>
    NoAnswer,

    /// <summary>The response is about other certificates than the server's.</summary>
    OtherCertificate,

    /// <summary>The responder does not know the certificate.</summary>
    Unknown,

    /// <summary>Not revoked.</summary>
    Good,

    /// <summary>Revoked: no client should accept it any more.</summary>
    Revoked,
}
