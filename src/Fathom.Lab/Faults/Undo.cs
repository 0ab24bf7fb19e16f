using Fathom.Lab.Internet;
using Fathom.Stack.Internet;

namespace Fathom.Lab.Faults;

/// <summary>Changes that faults have in common, each with the way back.</summary>
internal static class Undo
{
    public const string NeedsHost = "This fault needs a host.";
    public const string NeedsRouter = "This fault needs a router.";
    public const string NeedsLink = "This fault needs a link, or an interface with a cable.";
    public const string NeedsInterface = "This fault needs an interface.";

    /// <summary>Puts a firewall in that judges every packet by its rules, those of flows that have begun too.</summary>
    public static Action Filter(LabHost host, params IReadOnlyList<FirewallRule> rules)
        => Firewall.AddTo(host, new FirewallOptions { Rules = rules, AllowsEstablished = false }).Remove;

    /// <summary>Takes routes away, or puts others in their place.</summary>
    public static Action Routes(LabHost host, Func<Route, bool> isMeant, Func<Route, Route?> change)
    {
        var table = host.Stack.Routes;
        var taken = table.Routes.Where(isMeant).ToList();
        var put = new List<Route>();
        foreach (var route in taken)
        {
            table.Remove(route);
            if (change(route) is not { } other) continue;
            table.Add(other);
            put.Add(other);
        }

        return () =>
        {
            foreach (var route in put) table.Remove(route);
            foreach (var route in taken) table.Add(route);
        };
    }

    /// <summary>Adds routes.</summary>
    public static Action Add(LabHost host, IEnumerable<Route> routes)
    {
        var table = host.Stack.Routes;
        var added = routes.ToList();
        foreach (var route in added) table.Add(route);
        return () =>
        {
            foreach (var route in added) table.Remove(route);
        };
    }
}
