using Fathom.Hosts;
using Fathom.Hosts.Os;
using Fathom.Probes.Application.Dns.Iterative;

namespace Fathom.Cli.Commands;

/// <summary>Which network a command asks: this machine's, unless <c>--lab</c> chose a host of a lab. A process runs one command.</summary>
internal static class NetworkChoice
{
    /// <summary>Set by <c>--lab</c> before the command runs.</summary>
    public static INetworkHost? Chosen { get; set; }

    /// <summary>
    /// A lab was chosen: there is one thread, and what waits for this machine's files and pipes must wait on it, or the lab would go on without it.
    /// </summary>
    public static bool IsLab => Chosen is not null;

    /// <summary>Makes a lab keep step with real time from then on; null outside of a lab, where nothing else is possible.</summary>
    public static Action? KeepPace { get; set; }

    /// <summary>What follows ends with the signal only: a lab keeps step with real time from here on, or its clock would run away.</summary>
    public static void LastUntilInterrupted() => KeepPace?.Invoke();

    /// <summary>The command is the only one in its lab.</summary>
    public static bool IsAlone { get; set; }

    /// <summary>What a check without a target is of: the scenario's own; null outside of a lab.</summary>
    public static string? DefaultTarget { get; set; }

    /// <summary>The root servers of that network; null: the Internet's own.</summary>
    public static RootHints? Roots { get; set; }

    /// <summary>Pictures that change while a command runs are for networks that take their time: a lab's is over before they are seen.</summary>
    public static bool MayDrawLive => !IsLab;

    /// <summary>The host to ask.</summary>
    public static INetworkHost Create() => Chosen ?? OsHost.Create();
}
