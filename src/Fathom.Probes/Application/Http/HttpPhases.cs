namespace Fathom.Probes.Application.Http;

/// <summary>How long each phase of one request took. Null: the phase did not take place, as on a connection that was used again.</summary>
public sealed record HttpPhases
{
    /// <summary>Asking for the host's addresses.</summary>
    public TimeSpan? Name { get; init; }

    /// <summary>The TCP handshake, of the address that won.</summary>
    public TimeSpan? Tcp { get; init; }

    /// <summary>Asking the proxy for a tunnel.</summary>
    public TimeSpan? Proxy { get; init; }

    /// <summary>The TLS handshake.</summary>
    public TimeSpan? Tls { get; init; }

    /// <summary>From the first octet of the request to the first of the response.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>From the first octet of the response to the last.</summary>
    public TimeSpan? Transfer { get; init; }

    /// <summary>All of it.</summary>
    public TimeSpan Total { get; init; }
}
