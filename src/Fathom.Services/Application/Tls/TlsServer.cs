using Fathom.Hosts;
using Fathom.Hosts.Transport;
using Fathom.Probes.Application.Tls;
using Fathom.Services.Application.Tls.Handshake;
using Fathom.Wire.Application.Tls;

namespace Fathom.Services.Application.Tls;

/// <summary>
/// Does a TLS handshake as a server (RFC 8446, RFC 5246) over a connection that was accepted. The session that comes
/// of it is the same type that a client has. No thread of its own, no clock and no randomness but the host's.
/// </summary>
public static class TlsServer
{
    /// <summary>Does the handshake.</summary>
    /// <param name="host">Gives time and randomness.</param>
    /// <param name="connection">The connection; nothing was read from it yet. It stays the caller's, also after failure.</param>
    /// <param name="options">Identities, protocols, versions, and how long it may take.</param>
    /// <param name="cancellation">Ends the attempt with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">No identity, or a range of versions that is empty or goes below TLS 1.2 (TLS 1.0 where obsolete versions are allowed).</exception>
    public static ValueTask<TlsServerOutcome> AcceptAsync(INetworkHost host, IStreamConnection connection, TlsServerOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Identities.Count == 0) throw new ArgumentException("A server needs at least one identity.", nameof(options));

        // RFC 8996: nothing older is to be spoken, unless to show just that.
        var least = options.AllowsObsoleteVersions ? TlsVersion.Tls10 : TlsVersion.Tls12;
        if (options.MinimumVersion < least || options.MaximumVersion > TlsVersion.Tls13 || options.MinimumVersion > options.MaximumVersion)
            throw new ArgumentException("The versions are TLS 1.2 and TLS 1.3.", nameof(options));
        return new ServerRun(host, connection, options).RunAsync(cancellation);
    }
}
