namespace Fathom.Probes.Application.Tls;

/// <summary>What a server said to a ClientHello of one version only.</summary>
public enum TlsVersionSupport
{
    /// <summary>It could not be asked: no connection.</summary>
    NotAsked,

    /// <summary>It answered with a ServerHello of that version.</summary>
    Spoken,

    /// <summary>It refused the version: by the alert protocol_version, or a ServerHello of another version.</summary>
    Refused,

    /// <summary>It sent another alert: the version may be spoken with other suites or names.</summary>
    Unclear,

    /// <summary>It closed, reset, stayed silent or does not speak TLS. Some servers refuse old versions so.</summary>
    NoAnswer,
}
