using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Fathom.EndToEnd.Worlds.Servers;

/// <summary>A whole response over TLS, and then the end of the stream without close_notify (RFC 8446 section 6.1).</summary>
internal sealed class UncleanTlsServer
{
    private static readonly byte[] Answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\ndone\n"u8.ToArray();

    private readonly SslServerAuthenticationOptions _options;

    public UncleanTlsServer(TestAuthority authority)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(authority.ChainFile("good"));
        var leaf = X509Certificate2.CreateFromPemFile(authority.ChainFile("good"), authority.KeyFile);
        _options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(leaf, chain, offline: true),
        };
    }

    public async Task ServeAsync(Socket connection, CancellationToken end)
    {
        await using var plain = new NetworkStream(connection);
        await using var secure = new SslStream(plain);
        try
        {
            await secure.AuthenticateAsServerAsync(_options, end);
            if (await secure.ReadAsync(new byte[8192], end) == 0)
            {
                return;
            }

            await secure.WriteAsync(Answer, end);
            // SslStream sends close_notify only when ShutdownAsync is called.
            connection.Shutdown(SocketShutdown.Send);
            await connection.ReceiveAsync(new byte[8192], end);
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException)
        {
            // The client refused or went away; the next one may not.
        }
    }
}
