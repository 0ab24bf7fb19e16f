using Fathom.Hosts;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Transport;
using Fathom.Probes.Application.Tls;
using Fathom.Wire.Transport;

namespace Fathom.Services.Application.Tls;

/// <summary>
/// An accepted connection with TLS on it, for services that know only streams. The handshake is done by the first read or write, so
/// that a client that is slow with it keeps nobody else from being accepted. End is close_notify or FIN; a handshake that failed is a stream that failed.
/// </summary>
/// <param name="host">Gives time and randomness.</param>
/// <param name="connection">The connection; it is this one's from now on.</param>
/// <param name="options">Identities, protocols, and how long the handshake may take.</param>
/// <param name="onHandshake">Is told how the handshake ended; may be null.</param>
public sealed class TlsServerConnection(INetworkHost host, IStreamConnection connection, TlsServerOptions options, Action<IpEndpoint, TlsServerOutcome>? onHandshake = null) : IStreamConnection
{
    private readonly Lock _gate = new();
    private Task<TlsServerOutcome>? _handshake;

    /// <inheritdoc/>
    public IpEndpoint Local => connection.Local;

    /// <inheritdoc/>
    public IpEndpoint Remote => connection.Remote;

    /// <inheritdoc/>
    public async ValueTask<StreamResult> WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
        => await HandshakeAsync(cancellation) is TlsServerOutcome.Completed completed ? Translate(await completed.Session.WriteAsync(bytes, cancellation)) : new StreamResult(StreamStatus.Failed, 0);

    /// <inheritdoc/>
    public async ValueTask<StreamResult> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
        => await HandshakeAsync(cancellation) switch
        {
            TlsServerOutcome.Completed completed => Translate(await completed.Session.ReadAsync(buffer, cancellation)),
            TlsServerOutcome.PeerClosed { Reset: true } => new StreamResult(StreamStatus.Reset, 0),
            TlsServerOutcome.PeerClosed => new StreamResult(StreamStatus.End, 0),
            TlsServerOutcome.ConnectionFailed failed => new StreamResult(StreamStatus.Failed, 0, failed.Error),
            _ => new StreamResult(StreamStatus.Failed, 0),
        };

    /// <summary>Sends close_notify, unless it is to be omitted, then FIN; reading goes on (RFC 8446 §6.1).</summary>
    /// <param name="cancellation">Ends the attempt.</param>
    public async ValueTask<StreamResult> ShutdownAsync(CancellationToken cancellation)
    {
        if (!options.OmitsCloseNotify && Finished is TlsServerOutcome.Completed completed) await completed.Session.CloseAsync(cancellation);
        return await connection.ShutdownAsync(cancellation);
    }

    /// <inheritdoc/>
    public void Abort() => connection.Abort();

    /// <inheritdoc/>
    public HostResult<TcpConnectionInfo> GetTcpInfo() => connection.GetTcpInfo();

    /// <inheritdoc/>
    public IReadOnlyList<NetworkError> TakeErrors() => connection.TakeErrors();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Finished is TlsServerOutcome.Completed completed) await completed.Session.DisposeAsync();
        await connection.DisposeAsync();
    }

    private TlsServerOutcome? Finished
    {
        get
        {
            lock (_gate) return _handshake is { IsCompletedSuccessfully: true } done ? done.Result : null;
        }
    }

    private Task<TlsServerOutcome> HandshakeAsync(CancellationToken cancellation)
    {
        lock (_gate) return _handshake ??= RunAsync(cancellation);
    }

    private async Task<TlsServerOutcome> RunAsync(CancellationToken cancellation)
    {
        var outcome = await TlsServer.AcceptAsync(host, connection, options, cancellation);
        onHandshake?.Invoke(Remote, outcome);
        return outcome;
    }

    private static StreamResult Translate(TlsStreamResult result) => new(
        result.Status switch
        {
            TlsStreamStatus.Ok => StreamStatus.Ok,

            // Whether a FIN without close_notify cut the data (RFC 8446 §6.1) is for the framing above to tell.
            TlsStreamStatus.End or TlsStreamStatus.EndWithoutCloseNotify => StreamStatus.End,
            TlsStreamStatus.Reset => StreamStatus.Reset,
            _ => StreamStatus.Failed,
        },
        result.Count,
        result.Error);
}
