using Fathom.Lab.Application;
using Fathom.Lab.Internet;
using Fathom.Lab.Transport;
using Fathom.Wire.Internet;

namespace Fathom.Lab.Faults;

/// <summary>Faults at a service's port, as far as the host's network has them.</summary>
internal static class TransportFaults
{
    public static IEnumerable<Fault> All =>
    [
        new("tcp.refused", FaultSide.Server, "a host, or one of its ports: www:443", "Connections are refused, as if nothing listened.", static place => Filter(place, FirewallAction.Refuse, IpProtocol.Tcp)),
        new("tcp.filtered", FaultSide.Server, "a host, or one of its ports: www:443", "The host's firewall drops TCP to it.", static place => Filter(place, FirewallAction.Drop, IpProtocol.Tcp)),
        new("tcp.reset", FaultSide.Server, "a host or router, or one port: www:443", "Connections open, and the first data is answered with a reset.", static place => Spoil(place, SegmentTrouble.Reset)),
        new("tcp.stalled", FaultSide.Server, "a host or router, or one port: www:443", "Connections open, and data to the server vanishes.", static place => Spoil(place, SegmentTrouble.Stall)),
        new("tcp.closed-early", FaultSide.Server, "a web server, or one of its ports: www, www:443", "The server closes the connection when a request has come.", static place =>
            ServiceChange.Web(place, static b => b with { Response = ResponseTrouble.Closes })),
        new("udp.port-unreachable", FaultSide.Server, "a host, or one of its ports: www:7", "The host answers that no process has the UDP port.", static place => Filter(place, FirewallAction.Refuse, IpProtocol.Udp)),
    ];

    private static FaultEffect Filter(FaultPlace place, FirewallAction action, IpProtocol protocol)
    {
        if (place.Host is not { } host) return Undo.NeedsHost;
        var rule = new FirewallRule(action) { Way = FirewallWay.In, Protocol = protocol };

        // Without a port, its servers' ports: what answers the host's own questions passes.
        if (place.ServicePort is { } port) rule = rule with { DestinationPorts = port };
        else rule = rule with { DestinationPorts = new PortSpan(1, 32_767) };
        return Undo.Filter(host, rule);
    }

    private static FaultEffect Spoil(FaultPlace place, SegmentTrouble trouble)
        => place.Host is { } host ? (Action)ConnectionSpoiler.AddTo(host, trouble, place.ServicePort).Remove : Undo.NeedsHost;
}
