using Fathom.Hosts;
using Fathom.Hosts.Transport;
using Fathom.Probes.Application.Tls.Handshake;
using Fathom.Wire.Application.Tls;

namespace Fathom.Probes.Application.Tls;

public static partial class TlsProbe
{
    /// <summary>
    /// Asks a server which versions it speaks: one connection and one ClientHello for each, and nothing more than
    /// the first answer. No handshake is completed.
    /// </summary>
    /// <param name="host">Gives time and randomness.</param>
    /// <param name="connect">Opens a connection to the server; this method disposes of it.</param>
    /// <param name="serverName">The name to send, as in <see cref="TlsProbeOptions"/>; null for none.</param>
    /// <param name="versions">The versions to ask for, in order; <see cref="TlsVersion.Tls11"/> and <see cref="TlsVersion.Tls10"/> tell an old server.</param>
    /// <param name="timeout">How long each answer may take, connecting included.</param>
    /// <param name="cancellation">Ends the attempt with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>An answer for each version, in order.</returns>
    public static async ValueTask<IReadOnlyList<TlsVersionAnswer>> FindVersionsAsync(INetworkHost host, Func<CancellationToken, ValueTask<ConnectResult>> connect, string? serverName, IReadOnlyList<TlsVersion> versions, TimeSpan timeout, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(connect);
        ArgumentNullException.ThrowIfNull(versions);
        var answers = new List<TlsVersionAnswer>(versions.Count);
        foreach (var version in versions)
        {
            using var limit = new CancellationTokenSource(timeout, host.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
            try
            {
                answers.Add(await AskAsync(host, connect, serverName, version, null, either.Token));
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                answers.Add(new TlsVersionAnswer(version, TlsVersionSupport.NoAnswer, "no answer in time"));
            }
        }

        return answers;
    }

    private static async ValueTask<TlsVersionAnswer> AskAsync(INetworkHost host, Func<CancellationToken, ValueTask<ConnectResult>> connect, string? serverName, TlsVersion version, IReadOnlyList<int>? suites, CancellationToken cancellation)
    {
        var connected = await connect(cancellation);
        if (connected is not ConnectResult.Connected { Connection: var connection })
        {
            return new TlsVersionAnswer(version, TlsVersionSupport.NotAsked, "no connection");
        }

        await using (connection)
        {
            // Even where the hello cannot be sent, the answer to its first octets may be there to read.
            await connection.WriteAsync(ClientHelloWriter.Write(host.Random, version, ProbeClient.ServerNameToSend(serverName), suites), cancellation);
            return await FirstAnswer.ReadAsync(connection, version, cancellation);
        }
    }
}
