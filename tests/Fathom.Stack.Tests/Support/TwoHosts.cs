using Fathom.Stack.Link;
using Fathom.Stack.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Tests.Support;

/// <summary>Two hosts on one wire: 10.0.0.1 and fd00::1, 10.0.0.2 and fd00::2.</summary>
internal sealed class TwoHosts
{
    public static readonly IpAddress LeftV4 = IpAddress.Parse("10.0.0.1");
    public static readonly IpAddress RightV4 = IpAddress.Parse("10.0.0.2");
    public static readonly IpAddress LeftV6 = IpAddress.Parse("fd00::1");
    public static readonly IpAddress RightV6 = IpAddress.Parse("fd00::2");

    public TwoHosts(InterfaceMedium medium = InterfaceMedium.PointToPoint, int mtu = 1500, StackOptions? left = null, StackOptions? right = null, InterfaceOffloads offloads = InterfaceOffloads.None)
    {
        (Left, LeftPort) = Make(1, LeftV4, LeftV6, left);
        (Right, RightPort) = Make(2, RightV4, RightV6, right);
        Left.RecordEvents = Right.RecordEvents = true;

        (NetworkStack Stack, WirePort Port) Make(byte number, IpAddress v4, IpAddress v6, StackOptions? options)
        {
            var stack = new NetworkStack(options ?? new StackOptions(), new SeededRandom(number));
            var port = stack.AddInterface(new InterfaceOptions
            {
                Name = "wire0",
                Medium = medium,
                Mtu = mtu,
                HardwareAddress = medium == InterfaceMedium.Ethernet ? MacOf(number) : null,
                Offloads = offloads,
            });
            stack.AddAddress(port, v4, 24);
            stack.AddAddress(port, v6, 64);
            return (stack, Wire.Plug(stack, port));
        }
    }

    public VirtualWire Wire { get; } = new();

    public NetworkStack Left { get; }

    public NetworkStack Right { get; }

    public WirePort LeftPort { get; }

    public WirePort RightPort { get; }

    public static MacAddress MacOf(byte number) => MacAddress.FromValue(0x0200_0000_0000ul + number);

    public static UdpSocket Open(NetworkStack stack, string address, ushort port)
    {
        Assert.True(stack.Udp.TryOpen(new IpEndpoint(IpAddress.Parse(address), port), out var socket, out var refusal), refusal.ToString());
        return socket;
    }
}
