using Fathom.Hosts;
using Fathom.Hosts.Transport;
using Fathom.Wire.Transport;

namespace Fathom.Services.Application.Tls;

/// <summary>A listener whose connections carry TLS (<see cref="TlsServerConnection"/>), for servers that know only streams.</summary>
/// <param name="host">Gives time and randomness.</param>
/// <param name="listener">The listener; it is this one's from now on.</param>
/// <param name="options">Identities, protocols, and how long a handshake may take.</param>
/// <param name="onHandshake">Is told how each handshake ended; may be null.</param>
public sealed class TlsListener(INetworkHost host, IStreamListener listener, TlsServerOptions options, Action<IpEndpoint, TlsServerOutcome>? onHandshake = null) : IStreamListener
{
    /// <inheritdoc/>
    public IpEndpoint Local => listener.Local;

    /// <inheritdoc/>
    public async ValueTask<IStreamConnection> AcceptAsync(CancellationToken cancellation)
        => new TlsServerConnection(host, await listener.AcceptAsync(cancellation), options, onHandshake);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => listener.DisposeAsync();
}
