using Fathom.Hosts.Transport;
using Fathom.Probes.Application.Tls;

namespace Fathom.Probes.Application.Http;

/// <summary>An open connection of an <see cref="HttpAgent"/>, with TLS where the target asked for it.</summary>
internal sealed class HttpConnection(IStreamConnection transport, TlsSession? session) : IAsyncDisposable
{
    // A peer that takes no more data must not hold up the end; its close_notify stays unsent then.
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromMilliseconds(200);

    public IStreamConnection Transport => transport;

    public IByteStream Stream { get; } = session is null ? new TcpByteStream(transport) : new TlsByteStream(session);

    /// <summary>Ends the connection politely: close_notify, then FIN.</summary>
    public async ValueTask CloseAsync(TimeProvider time)
    {
        if (session is not null)
        {
            using var deadline = new CancellationTokenSource(CloseTimeout, time);
            try
            {
                await session.CloseAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                // Said above.
            }
        }

        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (session is not null) await session.DisposeAsync();
        await transport.DisposeAsync();
    }
}
