namespace Fathom.Probes.Application.Http;

/// <summary>Why a request brought no response.</summary>
public enum HttpFailureKind
{
    /// <summary>The request cannot be sent as it stands; nothing was.</summary>
    BadRequest,

    /// <summary>The name does not exist, or has no address of the wanted version.</summary>
    NameNotFound,

    /// <summary>No resolver gave an answer.</summary>
    NameUnanswered,

    /// <summary>All addresses refused by RST.</summary>
    Refused,

    /// <summary>No address answered in time.</summary>
    ConnectTimedOut,

    /// <summary>No address could be reached: an ICMP error, no route.</summary>
    Unreachable,

    /// <summary>The proxy would not open a tunnel.</summary>
    ProxyRefused,

    /// <summary>The TLS handshake failed.</summary>
    TlsFailed,

    /// <summary>The certificate cannot be trusted for this host, now.</summary>
    CertificateRefused,

    /// <summary>Nothing, or nothing more, came in time.</summary>
    TimedOut,

    /// <summary>The connection ended before the response was whole.</summary>
    Truncated,

    /// <summary>What came is no valid response.</summary>
    Malformed,

    /// <summary>The body is larger than wanted.</summary>
    TooLarge,

    /// <summary>A redirect that leads nowhere, or one too many.</summary>
    BadRedirect,

    /// <summary>What was to take the body took no more of it.</summary>
    NotStored,

    /// <summary>This host could not do it: it says nothing about the network.</summary>
    CannotTell,
}
