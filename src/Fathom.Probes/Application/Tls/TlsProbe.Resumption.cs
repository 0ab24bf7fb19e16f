using Fathom.Hosts;
using Fathom.Hosts.Transport;
using Fathom.Probes.Application.Tls.Handshake;

namespace Fathom.Probes.Application.Tls;

public static partial class TlsProbe
{
    /// <summary>
    /// Tries to go on with an earlier session on a new connection: by its ticket (RFC 8446 §4.6.1) or session id (RFC 5246 §7.4.1.2). Only the first
    /// answer is waited for: it says whether the server agrees.
    /// </summary>
    /// <param name="host">Gives time and randomness.</param>
    /// <param name="connect">Opens a connection to the server; this method disposes of it.</param>
    /// <param name="session">The earlier session, made with <see cref="TlsProbeOptions.PreparesResumption"/>; it may be closed.</param>
    /// <param name="serverName">The name that the session was made with; null for none.</param>
    /// <param name="timeout">How long it may take, connecting included.</param>
    /// <param name="cancellation">Ends the attempt with an <see cref="OperationCanceledException"/>.</param>
    public static async ValueTask<TlsResumption> ResumeAsync(INetworkHost host, Func<CancellationToken, ValueTask<ConnectResult>> connect, TlsSession session, string? serverName, TimeSpan timeout, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(connect);
        ArgumentNullException.ThrowIfNull(session);
        if (session.Resumption is not { } state)
            return new TlsResumption(TlsResumptionStatus.NotOffered, "", session.HelloRetryRequestSeen ? "a session that began with a hello_retry_request is not tried here" : "the server gave no ticket and no session id");
        var by = state.Ticket.Length > 0 ? FormattableString.Invariant($"a ticket of {state.Ticket.Length} octets") : "a session id";
        using var deadline = new Deadline(host.Time, timeout, cancellation);
        try
        {
            var connected = await connect(deadline.Token);
            if (connected is not ConnectResult.Connected { Connection: var connection }) return new TlsResumption(TlsResumptionStatus.NoAnswer, by, "no connection");
            await using (connection)
            {
                await connection.WriteAsync(ClientHelloWriter.WriteResuming(host.Random, host.Time, state, ProbeClient.ServerNameToSend(serverName)), deadline.Token);
                var answer = await FirstAnswer.ReadAsync(connection, state.Version, deadline.Token);
                if (answer.Support != TlsVersionSupport.Spoken) return new TlsResumption(TlsResumptionStatus.NoAnswer, by, answer.Detail);
                var goesOn = state.Ticket.Length > 0 ? answer.TakesPreSharedKey : answer.SessionId.Span.SequenceEqual(state.SessionId);
                return goesOn ? new TlsResumption(TlsResumptionStatus.Resumed, by, "") : new TlsResumption(TlsResumptionStatus.BeganAnew, by, "it answered as to a stranger");
            }
        }
        catch (OperationCanceledException) when (deadline.Passed)
        {
            return new TlsResumption(TlsResumptionStatus.NoAnswer, by, "no answer in time");
        }
    }
}
