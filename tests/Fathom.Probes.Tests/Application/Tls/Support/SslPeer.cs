using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Fathom.Probes.Tests.Application.Tls.Support;

/// <summary>A server of the BCL's SslStream for one connection, which does as told after the handshake.</summary>
internal sealed class SslPeer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TestAuthority _root = TestAuthority.Root("CN=Test Root");
    private readonly List<IAsyncDisposable> _owned = [];
    private readonly TaskCompletionSource _released = new();
    private readonly TaskCompletionSource _finished = new();

    private SslPeer() => _listener.Start();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Ends when the peer has done its part.</summary>
    public Task Finished => _finished.Task;

    public static Task<SslPeer> StartAsync(SslProtocols version, Func<SslStream, Socket, Task> act)
    {
        var peer = new SslPeer();
        _ = peer.ServeAsync(version, act);
        return Task.FromResult(peer);
    }

    public void Owns(IAsyncDisposable thing) => _owned.Add(thing);

    public async ValueTask DisposeAsync()
    {
        _released.TrySetResult();
        foreach (var thing in _owned) await thing.DisposeAsync();
        _listener.Dispose();
        _root.Dispose();
    }

    private async Task ServeAsync(SslProtocols version, Func<SslStream, Socket, Task> act)
    {
        try
        {
            var socket = await _listener.AcceptSocketAsync();
            await using var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
            using var made = _root.Leaf("server.example");
            using var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
            await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate, EnabledSslProtocols = version });
            await act(stream, socket);
            _finished.TrySetResult();
            // The socket stays open until the test has seen what it wanted.
            await _released.Task;
        }
        catch (Exception e)
        {
            _finished.TrySetException(e);
        }
    }
}
