namespace Fathom.Lab.Application;

/// <summary>What is wrong with a web server's TLS.</summary>
public enum TlsTrouble : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It speaks TLS 1.0 and 1.1 only.</summary>
    OldVersions,

    /// <summary>It speaks TLS 1.2 only, with a cipher suite that clients do not offer.</summary>
    OddSuites,

    /// <summary>It wants a certificate from the client.</summary>
    ClientCertificate,

    /// <summary>Another protocol is spoken at the port: SSH greets.</summary>
    NotTls,

    /// <summary>It answers the ClientHello with an alert.</summary>
    Alert,

    /// <summary>It closes the connection when the ClientHello comes.</summary>
    Closes,

    /// <summary>It takes the ClientHello, and says nothing.</summary>
    Silent,
}
