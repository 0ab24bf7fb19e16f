namespace Fathom.Probes.Application.Tls;

/// <summary>How far a handshake got, in order.</summary>
public enum TlsProgress
{
    /// <summary>The ClientHello could not be sent.</summary>
    None,

    /// <summary>The ClientHello was sent; nothing came back.</summary>
    ClientHelloSent,

    /// <summary>Some octets came, but no whole ServerHello.</summary>
    FirstOctetsReceived,

    /// <summary>A HelloRetryRequest came, the second ClientHello was sent, no ServerHello came.</summary>
    HelloRetryRequestReceived,

    /// <summary>The ServerHello came.</summary>
    ServerHelloReceived,

    /// <summary>The server's certificates came.</summary>
    CertificateReceived,

    /// <summary>The client's last flight was sent (TLS 1.2), the server's Finished is missing.</summary>
    ClientFinishedSent,

    /// <summary>The handshake is complete.</summary>
    Complete,
}
