using Fathom.Lab.Application;
using Fathom.Wire.Transport;

namespace Fathom.Lab.Faults;

/// <summary>Faults above the transport that need no service of a scenario.</summary>
internal static class ApplicationFaults
{
    // Longer than certificates live.
    private static readonly TimeSpan ClockError = TimeSpan.FromDays(3650);

    private const ushort HttpPort = 80;

    public static IEnumerable<Fault> All =>
    [
        new("tls.clock-skew", FaultSide.Client, "a host", "The host's clock is ten years slow.", static place =>
        {
            if (place.Host is not { } host) return Undo.NeedsHost;
            var before = host.ClockOffset;
            host.ClockOffset = before - ClockError;
            return (Action)(() => host.ClockOffset = before);
        }),
        new("http.captive-portal", FaultSide.Gateway, "a router's interface towards its clients", "A captive portal keeps clients in until they log in.", static place =>
        {
            if (place is not { Host.Forwards: true, Port: { } port }) return Undo.NeedsRouter;
            var own = port.Host.Stack.Addresses.FirstOrDefault(a => a.Interface == port.Interface && a.Address.IsV4 && !a.Address.IsLinkLocal);
            if (own is null) return $"{port.Name} has no IPv4 address.";
            return (Action)CaptivePortal.AddTo(port, new PortalOptions(new IpEndpoint(own.Address, HttpPort))).Remove;
        }),
    ];
}
