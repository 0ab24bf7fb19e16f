using Fathom.Stack.Internet;
using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Tests.Support;

/// <summary>Two hosts and the router between them: 10.1.0.1 and fd01::1, behind .254 and ::ff, 10.2.0.1 and fd02::1.</summary>
internal sealed class RoutedHosts
{
    public RoutedHosts(int leftMtu = 1500, int rightMtu = 1500, IpSettings? router = null, IpSettings? host = null, InterfaceOffloads leftOffloads = InterfaceOffloads.None)
    {
        Router = new NetworkStack(new StackOptions { Ip = (router ?? new IpSettings()) with { Forwarding = true } }, new SeededRandom(9)) { RecordEvents = true };
        (Left, LeftPort) = Make(1, leftMtu, leftOffloads);
        (Right, RightPort) = Make(2, rightMtu, InterfaceOffloads.None);

        (NetworkStack Stack, WirePort Port) Make(int side, int mtu, InterfaceOffloads offloads)
        {
            var wire = side == 1 ? LeftWire : RightWire;
            var stack = new NetworkStack(new StackOptions { Ip = host ?? new IpSettings() }, new SeededRandom(side)) { RecordEvents = true };
            var port = stack.AddInterface(new InterfaceOptions { Name = "wire0", Mtu = leftMtu, Offloads = offloads });
            stack.AddAddress(port, IpAddress.Parse($"10.{side}.0.1"), 24);
            stack.AddAddress(port, IpAddress.Parse($"fd0{side}::1"), 64);
            stack.Routes.Add(new Route(IpPrefixOf("0.0.0.0/0"), port, IpAddress.Parse($"10.{side}.0.254")));
            stack.Routes.Add(new Route(IpPrefixOf("::/0"), port, IpAddress.Parse($"fd0{side}::ff")));
            var routerPort = Router.AddInterface(new InterfaceOptions { Name = $"wire{side}", Mtu = mtu, Offloads = offloads });
            Router.AddAddress(routerPort, IpAddress.Parse($"10.{side}.0.254"), 24);
            Router.AddAddress(routerPort, IpAddress.Parse($"fd0{side}::ff"), 64);
            RouterPorts.Add(wire.Plug(Router, routerPort));
            return (stack, wire.Plug(stack, port));
        }
    }

    public VirtualWire LeftWire { get; } = new();

    public VirtualWire RightWire { get; } = new();

    public NetworkStack Left { get; }

    public NetworkStack Right { get; }

    public NetworkStack Router { get; }

    public WirePort LeftPort { get; }

    public WirePort RightPort { get; }

    public List<WirePort> RouterPorts { get; } = [];

    /// <summary>Runs both wires in small steps, so that what one brings the other carries on.</summary>
    public void Run(double seconds)
    {
        for (var steps = (int)(seconds * 1000); steps > 0; steps--)
        {
            LeftWire.Run(0.001);
            RightWire.Run(0.001);
        }
    }

    private static IpPrefix IpPrefixOf(string text) => IpPrefix.TryParse(text, out var prefix, out _) ? prefix : throw new FormatException(text);
}
