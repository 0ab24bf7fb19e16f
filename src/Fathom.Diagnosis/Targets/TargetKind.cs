namespace Fathom.Diagnosis.Targets;

/// <summary>What a target asks for.</summary>
public enum TargetKind
{
    /// <summary>"https://…": a response over TLS.</summary>
    Https,

    /// <summary>"http://…": a response over plain TCP.</summary>
    Http,

    /// <summary>A bare host or address: its HTTPS, then its HTTP service.</summary>
    Host,

    /// <summary>"tcp://host:port", or "host:port" with a port that is not known for HTTP: a connection.</summary>
    Tcp,

    /// <summary>"udp://host:port": a datagram, and what comes back.</summary>
    Udp,

    /// <summary>"dns://server/name": a question to one server.</summary>
    Dns,
}
