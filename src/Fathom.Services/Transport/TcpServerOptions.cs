using Fathom.Hosts.Transport;
using Fathom.Wire.Transport;

namespace Fathom.Services.Transport;

/// <summary>Where a <see cref="TcpServer"/> listens, and its limits.</summary>
/// <param name="Local">Where; several endpoints with port 0 share the port that the first one gets.</param>
public sealed record TcpServerOptions(IReadOnlyList<IpEndpoint> Local)
{
    /// <summary>Connections that may wait to be accepted, at least 1.</summary>
    public int Backlog { get; init; } = 128;

    /// <summary>The port may be taken beside connections in TIME-WAIT (SO_REUSEADDR).</summary>
    public bool ReuseAddress { get; init; } = true;

    /// <summary>Connections served at once. 512 keeps a process below the usual limit of 1,024 descriptors.</summary>
    public int MaximumClients { get; init; } = 512;

    /// <summary>
    /// What becomes of a client beyond <see cref="MaximumClients"/>. False: it is reset at once, and knows. True: it is not accepted until another
    /// leaves; the host completes its handshake as long as the backlog has room, so to the client it looks connected and silent.
    /// </summary>
    public bool QueueWhenFull { get; init; }

    /// <summary>Octets that one connection may send before it is closed; null for no limit.</summary>
    public long? MaximumBytes { get; init; }

    /// <summary>How long a connection may be without progress, in reading and in writing; null for ever.</summary>
    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>Makes of an accepted connection the one that is served: with TLS on it, say. Null leaves it as it is.</summary>
    public Func<IStreamConnection, IStreamConnection>? Wrap { get; init; }

    /// <summary>The server stops after so many connections have been served; null for none.</summary>
    public int? StopAfter { get; init; }
}
