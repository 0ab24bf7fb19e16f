namespace Fathom.Lab.Faults;

/// <summary>Faults of links and of who is on them.</summary>
internal static class LinkFaults
{
    public static IEnumerable<Fault> All =>
    [
        new("link.no-interface", FaultSide.Client, "a host", "The host has started again without its network adapters.", static place =>
        {
            if (place.Host is not { } host) return Undo.NeedsHost;
            if (!host.IsUp || !host.HasAdapters) return $"{host.Name} has none as it is.";
            host.RestartBare();
            return (Action)(() =>
            {
                host.Crash();
                host.Restart();
            });
        }),
        new("link.down", FaultSide.Client, "a link, or an interface", "The cable is pulled.", static place =>
        {
            if (place.Link is not { } link) return Undo.NeedsLink;
            link.Pull();
            return (Action)link.Plug;
        }),
        new("neighbor.unanswered", FaultSide.Gateway, "a router, or one of its interfaces", "The router hangs: its links are there, and it answers nothing.",
            static place => place.Host is { Forwards: true } ? Silence(place) : Undo.NeedsRouter),
        new("neighbor.host-absent", FaultSide.Server, "a host on the client's own link", "The host hangs: its link is there, and it answers nothing.", Silence),
        new("neighbor.duplicate-address", FaultSide.Gateway, "an interface on a network with a switch, or its host", "Another machine of the network has the address, too.", Twin.Add),
    ];

    private static FaultEffect Silence(FaultPlace place)
    {
        if (place.Host is not { } host) return Undo.NeedsHost;
        var isWhole = place.Text == host.Name;
        var ports = isWhole ? host.Ports.Where(static p => !p.IsSilent).ToList() : [place.Port!];
        foreach (var port in ports) port.IsSilent = true;
        return (Action)(() => ports.ForEach(static p => p.IsSilent = false));
    }
}
