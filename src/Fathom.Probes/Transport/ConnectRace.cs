using Fathom.Hosts.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Probes.Transport;

/// <summary>
/// Connects to the first of several addresses that answers: happy eyeballs in its simple form (RFC 8305 §5). The next address starts when
/// the one before has failed, or after 250 ms; so a dead one costs a quarter of a second, not a whole time-out.
/// </summary>
public static class ConnectRace
{
    // RFC 8305 §5: the recommended delay before the next address is tried beside the one before.
    private static readonly TimeSpan AttemptDelay = TimeSpan.FromMilliseconds(250);

    /// <summary>Connects.</summary>
    /// <param name="context">Host and evidence.</param>
    /// <param name="addresses">The addresses, in the order of preference.</param>
    /// <param name="port">The port.</param>
    /// <param name="options">How, and how long each attempt may take.</param>
    /// <param name="attempts">Takes the attempts as they end, also when this is canceled; the last one is the winner, where there is one. Attempts that were given up are not in it.</param>
    /// <param name="cancellation">Ends it with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The connection, which belongs to the caller; null when every attempt failed.</returns>
    public static async Task<IStreamConnection?> RunAsync(ProbeContext context, IReadOnlyList<IpAddress> addresses, ushort port, ConnectOptions options, List<ConnectOutcome> attempts, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(addresses);
        ArgumentNullException.ThrowIfNull(attempts);
        using var others = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var running = new List<Task<ConnectOutcome>>();
        IStreamConnection? winner = null;
        try
        {
            for (var next = 0; winner is null && (next < addresses.Count || running.Count > 0);)
            {
                if (next < addresses.Count) running.Add(ConnectProbe.RunAsync(context, new IpEndpoint(addresses[next++], port), options, others.Token));
                winner = await FirstOfAsync(context, running, next < addresses.Count, attempts, cancellation);
            }
        }
        finally
        {
            others.Cancel();
            foreach (var task in running) await LeaveAsync(task, winner);
        }

        return winner;
    }

    /// <summary>Waits until one attempt wins, all have failed, or the next is due.</summary>
    private static async Task<IStreamConnection?> FirstOfAsync(ProbeContext context, List<Task<ConnectOutcome>> running, bool hasMore, List<ConnectOutcome> attempts, CancellationToken cancellation)
    {
        using var due = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var delay = hasMore ? Task.Delay(AttemptDelay, context.Host.Time, due.Token) : null;
        try
        {
            while (running.Count > 0)
            {
                Task done = delay is null ? await Task.WhenAny(running) : await Task.WhenAny([.. running, delay]);
                if (done == delay) return null;
                var outcome = await (Task<ConnectOutcome>)done;
                running.Remove((Task<ConnectOutcome>)done);
                attempts.Add(outcome);
                if (outcome.Connection is { } connection) return connection;
                if (hasMore) return null;
            }

            return null;
        }
        finally
        {
            due.Cancel();
        }
    }

    private static async Task LeaveAsync(Task<ConnectOutcome> task, IStreamConnection? winner)
    {
        try
        {
            if ((await task).Connection is { } late && late != winner) await late.DisposeAsync();
        }
        catch (OperationCanceledException)
        {
            // It lost.
        }
    }
}
