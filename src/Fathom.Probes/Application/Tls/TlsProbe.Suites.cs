using Fathom.Hosts;
using Fathom.Hosts.Transport;
using Fathom.Probes.Application.Tls.Handshake;
using Fathom.Wire.Application.Tls;

namespace Fathom.Probes.Application.Tls;

public static partial class TlsProbe
{
    /// <summary>
    /// Asks a server which of the suites of a handshake it takes: it is offered all, then all but those that it chose. No handshake is completed.
    /// </summary>
    /// <param name="host">Gives time and randomness.</param>
    /// <param name="connect">Opens a connection to the server; this method disposes of it.</param>
    /// <param name="serverName">The name to send; null for none.</param>
    /// <param name="version">The version, TLS 1.2 or 1.3.</param>
    /// <param name="timeout">How long each answer may take, connecting included.</param>
    /// <param name="cancellation">Ends the attempt with an <see cref="OperationCanceledException"/>.</param>
    public static async ValueTask<TlsSuiteSurvey> FindSuitesAsync(INetworkHost host, Func<CancellationToken, ValueTask<ConnectResult>> connect, string? serverName, TlsVersion version, TimeSpan timeout, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(connect);
        var left = CipherSuites.Offered(version, version).ToList();
        var taken = new List<string>();
        while (left.Count > 0)
        {
            using var limit = new CancellationTokenSource(timeout, host.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
            TlsVersionAnswer answer;
            try
            {
                answer = await AskAsync(host, connect, serverName, version, left, either.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return new TlsSuiteSurvey(version, taken, IsComplete: false);
            }

            if (answer is not { Support: TlsVersionSupport.Spoken, CipherSuite: { } name })
                return new TlsSuiteSurvey(version, taken, answer.Support is TlsVersionSupport.Refused or TlsVersionSupport.Unclear);

            // A server that chooses what was not offered breaks the protocol; asking on would never end.
            if (left.RemoveAll(number => TlsCipherSuites.Name(number) == name) == 0) return new TlsSuiteSurvey(version, taken, IsComplete: false);
            taken.Add(name);
        }

        return new TlsSuiteSurvey(version, taken, IsComplete: true);
    }
}
