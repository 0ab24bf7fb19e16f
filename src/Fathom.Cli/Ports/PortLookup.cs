using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Cli.Sockets;
using Fathom.Hosts.Transport;
using Fathom.Wire.Transport;
using Spectre.Console;

namespace Fathom.Cli.Ports;

/// <summary>Looks ports and names up in the registry, and on this machine.</summary>
internal sealed class PortLookup(CommandRun run)
{
    private HostSockets? _here;
    private bool _isFirst = true;

    /// <summary>Asks this machine once. Where it does not tell, only the registry speaks.</summary>
    public async Task LoadAsync(CancellationToken cancellation) => _here = (await run.Host.GetSocketsAsync(cancellation)).Value;

    /// <summary>Shows one.</summary>
    /// <returns>The exit status: 1 for a name that is not in the registry.</returns>
    public int Show(string text)
    {
        ushort[] ports;
        if (text.Length > 0 && (char.IsAsciiDigit(text[0]) || text[0] == '-'))
        {
            if (!PortRegistry.TryParse(text, "tcp", out var port)) return run.Refuse($"'{text}' is no port: expected a number from 0 to 65535 or a registered name");
            ports = [port];
        }
        else
        {
            ports = [.. PortRegistry.FindByName(text).Select(static a => a.Port).Distinct()];
            if (ports.Length == 0) return run.Complain($"'{text}' is not in the registry (that of /etc/services, by name or alias)", ExitStatus.Broken);
        }

        foreach (var port in ports) Show(port);
        return ExitStatus.Good;
    }

    private void Show(ushort port)
    {
        var assignments = PortRegistry.Find(port);
        var here = (_here?.Sockets ?? []).Where(s => s.Local.Port == port && s.IsListening).ToArray();
        if (!run.IsText)
        {
            run.WriteJson("fathom.ports/1", writer =>
            {
                writer.WriteNumber("port", port);
                writer.WriteString("range", Word(port));
                writer.WriteStartArray("registered");
                foreach (var assignment in assignments)
                {
                    writer.WriteStartObject();
                    writer.WriteString("transport", assignment.Transport);
                    writer.WriteString("name", assignment.Name);
                    writer.WriteStartArray("aliases");
                    foreach (var alias in assignment.Aliases) writer.WriteStringValue(alias);
                    writer.WriteEndArray();
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                if (_here is not null) SocketJson.Write(writer, "sockets", here);
            });
            return;
        }

        if (!_isFirst) run.Console.WriteLine();
        _isFirst = false;
        run.Console.Write(Listing.Heading($"port {port}"));
        run.Console.WriteLine();
        run.Console.Write(Listing.Fields(
        [
            ("range", Range(port)),
            .. assignments.Count == 0 ? [("registered", "for nothing in /etc/services")] : assignments.Select(static a => (a.Transport, a.Name + (a.Aliases.Count > 0 ? $", also {string.Join(", ", a.Aliases)}" : string.Empty))),
            .. _here is null ? [] : here.Length == 0 ? [("here", "nothing listens")] : here.Select(static s => ("here", $"{SocketText.Transport(s)} {s.Local}, {SocketText.Owner(s)}")),
        ]));
    }

    private static string Word(ushort port) => PortRegistry.RangeOf(port) switch { PortRange.Reserved => "reserved", PortRange.System => "system", PortRange.User => "user", _ => "dynamic" };

    private string Range(ushort port)
    {
        var range = PortRegistry.RangeOf(port) switch
        {
            PortRange.Reserved => "reserved: binding 0 asks for a free port, it is never on the wire",
            PortRange.System => "system ports, 0 to 1023: assigned by IANA, privileged on most systems",
            PortRange.User => "user ports, 1024 to 49151: assigned by IANA, open to every program",
            _ => "dynamic ports, 49152 to 65535: assigned to nobody",
        };
        return _here is { EphemeralFirst: { } first, EphemeralLast: { } last } && port >= first && port <= last
            ? $"{range}; among those that this machine gives out by itself ({first} to {last})"
            : range;
    }
}
