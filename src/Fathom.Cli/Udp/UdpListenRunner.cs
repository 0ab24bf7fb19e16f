using Fathom.Cli.Commands;
using Fathom.Cli.Sockets;
using Fathom.Hosts;
using Fathom.Probes.Transport;
using Fathom.Services.Transport;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Udp;

/// <summary>Runs <c>fathom udp listen</c>.</summary>
internal sealed class UdpListenRunner(CommandRun run, UdpServerOptions options, bool echo, bool discard, TimeSpan? limit)
{
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var view = new UdpListenView(run, echo, discard);
        IDatagramService service = echo ? new EchoDatagramService() : new DiscardDatagramService();
        var started = await UdpServer.StartAsync(run.Host, options, service, view, cancellation);
        // "All addresses" means IPv4 alone where this machine has no IPv6.
        if (options.Local.Count == 2 && started.Refusal is { Kind: HostRefusalKind.NotSupported or HostRefusalKind.Failed })
            started = await UdpServer.StartAsync(run.Host, options with { Local = [options.Local[0]] }, service, view, cancellation);
        if (!started.TryGet(out var server, out var refusal))
        {
            var status = run.CannotTell(refusal);
            if (refusal.Kind != HostRefusalKind.AddressInUse) return status;
            var holders = await AddressInUse.FindAsync(run.Host, IpProtocol.Udp, options.Local[0], cancellation);
            if (holders.Count == 0 && options.Local.Count > 1) holders = await AddressInUse.FindAsync(run.Host, IpProtocol.Udp, options.Local[1], cancellation);
            foreach (var socket in holders.Take(5)) run.Complain("  " + SocketText.Conflict(socket), status);
            return status;
        }

        await using (server)
        {
            view.Listening(server.Local);
            run.ServeUntilInterrupted();
            using var timer = new CancellationTokenSource(limit ?? Timeout.InfiniteTimeSpan, run.Host.Time);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timer.Token);
            var summary = await server.RunAsync(stop.Token);
            view.Summary(server.Local, summary);
            run.WriteAside(
                $"One socket served {Amount.Count(summary.Peers.Count, "peer", "peers")}: UDP has no connections, so each datagram brings its sender's address and port, and an answer goes there. "
                + "A datagram is handed over once: what the buffer cannot take is gone. A datagram that finds no reader waits in the socket's queue, and beyond that is dropped without a word.",
                $"nc -luk {server.Local[0].Port}",
                $"ss -ulnp 'sport = {server.Local[0].Port}'");
            return ExitStatus.Good;
        }
    }
}
