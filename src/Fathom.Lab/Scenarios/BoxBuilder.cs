using Fathom.Lab.Application;
using Fathom.Lab.Internet;
using Fathom.Lab.Link;
using Fathom.Lab.Transport;
using Fathom.Wire.Transport;

namespace Fathom.Lab.Scenarios;

/// <summary>Puts a scenario's boxes into its hosts.</summary>
internal static class BoxBuilder
{
    private const ushort HttpPort = 80;

    public static void Add(LabHost host, BoxSpec spec)
    {
        switch (spec)
        {
            case BoxSpec.Nat nat:
                var added = Nat44.AddTo(Port(host, nat.Outside), nat.Options);
                foreach (var (protocol, port, to) in nat.Forwards) added.TryForward(protocol, port, to);
                break;
            case BoxSpec.Firewall wall:
                var rules = wall.Rules.Select(r => r.Rule with { From = r.In is { } i ? Port(host, i) : null, To = r.Out is { } o ? Port(host, o) : null });
                Firewall.AddTo(host, new FirewallOptions { Rules = [.. rules], Otherwise = wall.Otherwise, AllowsEstablished = wall.Established });
                break;
            case BoxSpec.MssClamp clamp:
                MssClamp.AddTo(Port(host, clamp.Interface), clamp.Mtu);
                break;
            case BoxSpec.IcmpFilter filter:
                IcmpFilter.AddTo(host, filter.Scope);
                break;
            case BoxSpec.SizeFilter filter:
                PacketSizeFilter.AddTo(host, filter.Limit);
                break;
            case BoxSpec.Portal portal:
                var inside = Port(host, portal.Inside);
                var own = host.Stack.Addresses.First(a => a.Interface == inside.Interface && a.Address.IsV4).Address;
                CaptivePortal.AddTo(inside, new PortalOptions(new IpEndpoint(own, HttpPort)) { Answer = portal.Answer, ByName = portal.ByName });
                break;
            default:
                throw new ArgumentException("Not a box that is known here.", nameof(spec));
        }
    }

    private static HostPort Port(LabHost host, string name) => host.Ports.First(p => p.Interface.Name == name);
}
