using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Cli.Sockets;
using Fathom.Hosts.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;
using Spectre.Console;

namespace Fathom.Cli.Ports;

/// <summary>The sockets of this machine.</summary>
internal sealed class PortsListing(CommandRun run, IpVersion? version, IpProtocol? protocol, bool all)
{
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var answer = await run.Host.GetSocketsAsync(cancellation);
        if (!answer.TryGet(out var listed, out var refusal)) return run.CannotTell(refusal);
        // The port that is asked for is freed before the sockets are shown, so it is not among them.
        var free = await BindZeroAsync(cancellation);
        var sockets = listed.Sockets
            .Where(s => (all || s.IsListening) && (protocol is null || s.Protocol == protocol) && (version is null || s.Local.Address.Version == version))
            .OrderBy(static s => s.Protocol).ThenBy(static s => s.Local.Port).ThenBy(static s => s.Local.Address).ThenBy(static s => s.Remote?.Port)
            .ToArray();
        if (!run.IsText)
        {
            run.WriteJson("fathom.ports/1", writer =>
            {
                SocketJson.Write(writer, "sockets", sockets);
                if (listed is { EphemeralFirst: { } first, EphemeralLast: { } last })
                {
                    writer.WriteStartObject("ephemeral");
                    writer.WriteNumber("first", first);
                    writer.WriteNumber("last", last);
                    writer.WriteEndObject();
                }

                if (free is { } port) writer.WriteNumber("portZeroGave", port);
            });
            return ExitStatus.Good;
        }

        Write(sockets, listed, free);
        run.WriteAside(Explain(sockets, listed), all ? "ss -tuanp" : "ss -tulnp", "sysctl net.ipv4.ip_local_port_range");
        return ExitStatus.Good;
    }

    private void Write(HostSocket[] sockets, HostSockets listed, ushort? free)
    {
        if (sockets.Length == 0) run.Console.WriteLine(all ? "no sockets" : "nothing listens");
        else run.Console.Write(Listing.Columns(
            ["proto", .. all ? (string[])["state"] : [], "local", .. all ? (string[])["remote"] : [], .. all ? [] : (string[])["service"], "program"],
            sockets.Select(s => (IReadOnlyList<string>)
            [
                SocketText.Transport(s),
                .. all ? (string[])[s.State ?? string.Empty] : [],
                s.Local.ToString(),
                .. all ? (string[])[s.Remote?.ToString() ?? "*"] : [],
                .. all ? [] : (string[])[PortRegistry.NameOf(s.Local.Port, SocketText.Transport(s)) ?? "-"],
                SocketText.Owner(s),
            ])));
        run.Console.WriteLine();
        run.Console.Write(Listing.Fields(
        [
            ("ephemeral ports", listed is { EphemeralFirst: { } first, EphemeralLast: { } last } ? $"{first} to {last}, for sockets that choose none" : string.Empty),
            ("binding port 0", free is { } port ? $"gave {port} just now; it is free again" : string.Empty),
        ]));
    }

    private async Task<ushort?> BindZeroAsync(CancellationToken cancellation)
    {
        var opened = await run.Host.ListenAsync(new ListenOptions(new IpEndpoint(IpAddress.LoopbackV4, 0)), cancellation);
        if (opened.Value is not { } listener) return null;
        var port = listener.Local.Port;
        await listener.DisposeAsync();
        return port;
    }

    private static string Explain(HostSocket[] sockets, HostSockets listed)
    {
        var open = sockets.Count(static s => s.IsListening && !s.Local.Address.IsLoopback);
        var hidden = sockets.Count(static s => s.Owners is null);
        return $"A socket that listens at 0.0.0.0 or :: takes what comes for any address of this machine; one at 127.0.0.1 or ::1 only what this machine itself sends. {(open == 0 ? "None listens at more than loopback here." : $"{Amount.Count(open, "socket listens", "sockets listen")} at more than loopback here: a firewall should know of those.")} "
            + "A client needs a port as well, and lets the kernel choose one"
            + (listed is { EphemeralFirst: { } first, EphemeralLast: { } last } ? $": {last - first + 1:N0} are there for it, for each peer's address and port." : ".")
            + (hidden > 0 ? $" {Amount.Count(hidden, "program is", "programs are")} hidden, because only root may look into other users' processes." : string.Empty);
    }
}
