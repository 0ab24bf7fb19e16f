using Fathom.Cli.Commands;
using Fathom.Cli.Sockets;
using Fathom.Hosts;
using Fathom.Probes.Transport;
using Fathom.Services.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Cli.Tcp;

/// <summary>Runs <c>fathom tcp listen</c>.</summary>
internal sealed class TcpListenRunner(CommandRun run, TcpServerOptions options, TcpListenKind kind, TimeSpan? limit)
{
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var view = new TcpListenView(run, kind);
        IStreamService service = kind switch
        {
            TcpListenKind.Echo => new EchoService(),
            TcpListenKind.Discard => new DiscardService(),
            _ => new OutputService(view.Write),
        };
        var started = await StartAsync(service, view, cancellation);
        if (!started.TryGet(out var server, out var refusal)) return await RefuseAsync(refusal, cancellation);
        await using (server)
        {
            view.Listening(server.Local);
            run.ServeUntilInterrupted();
            using var timer = new CancellationTokenSource(limit ?? Timeout.InfiniteTimeSpan, run.Host.Time);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timer.Token);
            var summary = await server.RunAsync(stop.Token);
            view.Summary(server.Local, summary);
            var port = server.Local[0].Port;
            run.WriteAside(TcpListenExplanation.Of(summary, options), kind == TcpListenKind.Echo ? $"socat TCP-LISTEN:{port},reuseaddr,fork EXEC:cat" : $"nc -lkn {port}", $"ss -tlnp 'sport = {port}'");
            return summary.Fault is { } fault ? run.CannotTell(fault) : ExitStatus.Good;
        }
    }

    private async Task<HostResult<TcpServer>> StartAsync(IStreamService service, TcpListenView view, CancellationToken cancellation)
    {
        var started = await TcpServer.StartAsync(run.Host, options, service, view, cancellation);
        // "All addresses" means IPv4 alone where this machine has no IPv6.
        var isBoth = options.Local.Count == 2;
        return isBoth && started.Refusal is { Kind: HostRefusalKind.NotSupported or HostRefusalKind.Failed }
            ? await TcpServer.StartAsync(run.Host, options with { Local = [options.Local[0]] }, service, view, cancellation)
            : started;
    }

    private async Task<int> RefuseAsync(HostRefusal refusal, CancellationToken cancellation)
    {
        var status = run.CannotTell(refusal);
        if (refusal.Kind != HostRefusalKind.AddressInUse) return status;
        var shown = new HashSet<string>();
        foreach (var wanted in options.Local)
        {
            foreach (var socket in await AddressInUse.FindAsync(run.Host, IpProtocol.Tcp, wanted, cancellation))
            {
                if (shown.Count < 5 && shown.Add(SocketText.Conflict(socket))) run.Complain("  " + SocketText.Conflict(socket), status);
            }
        }

        return status;
    }
}
