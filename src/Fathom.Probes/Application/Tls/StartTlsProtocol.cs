namespace Fathom.Probes.Application.Tls;

/// <summary>Protocols that begin in the clear and go over to TLS on a word.</summary>
public enum StartTlsProtocol
{
    /// <summary>Mail between servers, and its submission: STARTTLS (RFC 3207).</summary>
    Smtp,

    /// <summary>Mail boxes: STARTTLS (RFC 9051 §6.2.1).</summary>
    Imap,

    /// <summary>Mail boxes: STLS (RFC 2595 §4).</summary>
    Pop3,

    /// <summary>Files: AUTH TLS (RFC 4217 §4).</summary>
    Ftp,
}
