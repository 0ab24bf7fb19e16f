using Fathom.Lab;

namespace Fathom.Cli.Labs;

/// <summary>The hosts of a lab that runs, a line each.</summary>
internal static class HostLines
{
    /// <summary>The lines: name, state where it is not up, addresses that others can reach it at.</summary>
    /// <param name="lab">The lab.</param>
    public static string Of(Fathom.Lab.Lab lab)
    {
        var width = lab.Hosts.Max(static h => h.Name.Length);
        return string.Join('\n', lab.Hosts.Select(h => $"{h.Name.PadRight(width)}  {string.Join("  ", StateOf(h) is { } state ? [state, .. AddressesOf(h)] : AddressesOf(h))}".TrimEnd()));
    }

    /// <summary>What is wrong with a host that cannot be reached; null: nothing.</summary>
    /// <param name="host">The host.</param>
    public static string? StateOf(LabHost host) => !host.IsUp ? "down" : host.Ports.Any(static p => p.Link is { IsPulled: true }) ? "cable pulled" : null;

    private static IEnumerable<string> AddressesOf(LabHost host)
        => host.Stack.Addresses.Where(static a => !a.Address.IsLinkLocal && !a.Address.IsLoopback).Select(static a => a.Address.WithZone(0).ToString()).Distinct();
}
