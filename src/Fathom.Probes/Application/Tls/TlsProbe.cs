using System.Text;
using Fathom.Hosts;
using Fathom.Hosts.Transport;
using Fathom.Probes.Application.Tls.Handshake;
using Fathom.Wire.Application.Tls;

namespace Fathom.Probes.Application.Tls;

/// <summary>
/// Does a TLS handshake as a client (RFC 8446, RFC 5246) and tells what happened. The certificates are not
/// judged during the handshake: see <see cref="CertificateValidator"/>.
/// </summary>
public static partial class TlsProbe
{
    /// <summary>Does the handshake over an open connection.</summary>
    /// <param name="host">Gives time and randomness.</param>
    /// <param name="connection">The connection; nothing was sent on it yet. It stays the caller's, also after failure.</param>
    /// <param name="options">What to offer, and how long it may take.</param>
    /// <param name="cancellation">Ends the attempt with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The server name has characters outside ASCII or is longer than a DNS name, the range of versions is empty, or a protocol name is empty or too long.</exception>
    public static ValueTask<TlsOutcome> RunAsync(INetworkHost host, IStreamConnection connection, TlsProbeOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(options);
        if (options.ServerName is { } name && (!Ascii.IsValid(name) || name.Length > 255))
        {
            throw new ArgumentException("The server name must be ASCII (A-labels) and at most 255 characters.", nameof(options));
        }

        if (options.MinimumVersion > options.MaximumVersion || options.MaximumVersion > TlsVersion.Tls13 || options.MinimumVersion < TlsVersion.Ssl3)
        {
            throw new ArgumentException("The range of versions is empty or unknown.", nameof(options));
        }

        if (options.ApplicationProtocols.Any(protocol => Encoding.UTF8.GetByteCount(protocol) is 0 or > 255))
        {
            throw new ArgumentException("An application protocol's name has 1 to 255 octets (RFC 7301 §3.1).", nameof(options));
        }

        return new HandshakeRun(host, connection, options).RunAsync(cancellation);
    }
}
