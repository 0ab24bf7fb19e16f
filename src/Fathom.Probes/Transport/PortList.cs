using System.Globalization;
using Fathom.Wire.Transport;

namespace Fathom.Probes.Transport;

/// <summary>Lists of TCP ports as people write them: "22,80,443", "1-1024", "https", "-" for all.</summary>
public static class PortList
{
    /// <summary>The ports that are tried where none are named: all that are registered for a TCP service that is met in practice.</summary>
    public static IReadOnlyList<ushort> WellKnown { get; } =
        [.. PortRegistry.All.Where(static a => a.Transport == "tcp").Select(static a => a.Port).Concat(OftenUsed).Distinct().Order()];

    // Not registered in /etc/services, and often what listens on servers of today: web servers of developers, containers, databases.
    private static ReadOnlySpan<ushort> OftenUsedPorts => [3000, 5000, 6443, 8000, 8443, 8888, 9090, 9200, 27017];

    private static IEnumerable<ushort> OftenUsed => OftenUsedPorts.ToArray();

    /// <summary>Reads a list.</summary>
    /// <param name="text">Ports, ranges with "-", and registered names, separated by commas; "-" alone is 1 to 65535.</param>
    /// <param name="ports">The ports, ascending, each once; empty on failure.</param>
    /// <param name="fault">What is wrong, naming the part; empty on success.</param>
    public static bool TryParse(string text, out IReadOnlyList<ushort> ports, out string fault)
    {
        ArgumentNullException.ThrowIfNull(text);
        ports = [];
        fault = string.Empty;
        var found = new SortedSet<ushort>();
        foreach (var part in (text == "-" ? "1-65535" : text).Split(','))
        {
            if (!TryParsePart(part.Trim(), found))
            {
                fault = $"'{part}' is no port, range or registered name: expected a list like 22,80,8000-8100,https";
                return false;
            }
        }

        ports = [.. found];
        return true;
    }

    private static bool TryParsePart(string part, SortedSet<ushort> found)
    {
        var dash = part.IndexOf('-', StringComparison.Ordinal);
        if (dash > 0 && char.IsAsciiDigit(part[0]))
        {
            if (!TryNumber(part[..dash], out var first) || !TryNumber(part[(dash + 1)..], out var last) || first > last) return false;
            for (var port = (int)first; port <= last; port++) found.Add((ushort)port);
            return true;
        }

        if (!PortRegistry.TryParse(part, "tcp", out var one) || one == 0) return false;
        found.Add(one);
        return true;
    }

    private static bool TryNumber(string text, out ushort port)
        => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port > 0;
}
