using System.Collections.Frozen;
using System.Globalization;
using Fathom.Wire.Registries;

namespace Fathom.Wire.Transport;

/// <summary>
/// Which service a port is registered for, as /etc/services of a Debian system has it: the services that are met in practice, a
/// small part of IANA's 14,000. A registration says what a port is for, not what listens there.
/// </summary>
public static class PortRegistry
{
    private const string File = "services.csv";

    private static readonly Lazy<PortAssignment[]> Assignments = new(static () => [.. Read()]);

    private static readonly Lazy<FrozenDictionary<ushort, PortAssignment[]>> ByPort = new(
        static () => Assignments.Value.GroupBy(static a => a.Port).ToFrozenDictionary(static g => g.Key, static g => g.ToArray()));

    private static readonly Lazy<ILookup<string, PortAssignment>> ByName = new(
        static () => Assignments.Value.SelectMany(static a => a.Aliases.Prepend(a.Name).Select(name => (Name: name, Assignment: a)))
            .ToLookup(static p => p.Name, static p => p.Assignment, StringComparer.OrdinalIgnoreCase));

    /// <summary>All assignments, by port.</summary>
    public static IReadOnlyList<PortAssignment> All => Assignments.Value;

    /// <summary>What a port is registered for: one entry for each transport and service; empty where it is not.</summary>
    /// <param name="port">The port.</param>
    public static IReadOnlyList<PortAssignment> Find(ushort port) => ByPort.Value.TryGetValue(port, out var found) ? found : [];

    /// <summary>The service's name for a port and a transport, or null.</summary>
    /// <param name="port">The port.</param>
    /// <param name="transport">"tcp", "udp" or "sctp".</param>
    public static string? NameOf(ushort port, string transport)
    {
        foreach (var assignment in Find(port))
        {
            if (assignment.Transport == transport) return assignment.Name;
        }

        return null;
    }

    /// <summary>The ports of a service, by its name or an alias, without regard to case; empty where there is none.</summary>
    /// <param name="name">The name: "https", "www".</param>
    public static IReadOnlyList<PortAssignment> FindByName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return [.. ByName.Value[name]];
    }

    /// <summary>The range that a port belongs to (RFC 6335 §6).</summary>
    /// <param name="port">The port.</param>
    public static PortRange RangeOf(ushort port) => port switch
    {
        0 => PortRange.Reserved,
        < 1024 => PortRange.System,
        < 49152 => PortRange.User,
        _ => PortRange.Dynamic,
    };

    /// <summary>
    /// Reads a port: a number from 0 to 65535 without sign or leading zeros, or a registered name. A name that has one port for the
    /// transport gives that.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="transport">"tcp" or "udp".</param>
    /// <param name="port">The port, or 0.</param>
    public static bool TryParse(string text, string transport, out ushort port)
    {
        ArgumentNullException.ThrowIfNull(text);
        port = 0;
        if (text.Length > 0 && char.IsAsciiDigit(text[0]))
        {
            return (text.Length == 1 || text[0] != '0') && ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port);
        }

        foreach (var assignment in FindByName(text))
        {
            if (assignment.Transport != transport) continue;
            port = assignment.Port;
            return true;
        }

        return false;
    }

    // AppleTalk's DDP has ports of its own in that file; they are not IP's.
    private static IEnumerable<PortAssignment> Read()
    {
        foreach (var cells in RegistryTable.Rows(File))
        {
            if (cells is not [var name, var port, ("tcp" or "udp" or "sctp") and var transport, ..]) continue;
            IReadOnlyList<string> aliases = cells.Length > 3 && cells[3].Length > 0 ? cells[3].Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
            yield return new PortAssignment(name, ushort.Parse(port, NumberStyles.None, CultureInfo.InvariantCulture), transport, aliases);
        }
    }
}
