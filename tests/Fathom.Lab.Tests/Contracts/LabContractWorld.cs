using Fathom.Contracts;
using Fathom.Hosts;
using Fathom.Lab.Link;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Lab.Tests.Contracts;

/// <summary>Two hosts of a lab on a switch, a millisecond apart. What nobody there has goes to a gateway that is known and does not answer.</summary>
internal sealed class LabContractWorld : IContractWorld
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    // A test that is not done by then, in the lab's time, never will be.
    private static readonly TimeSpan Limit = TimeSpan.FromHours(4);

    private readonly Lab _lab = new();
    private readonly LabSwitch _switch;

    public LabContractWorld()
    {
        _switch = _lab.AddSwitch("switch");
        A = Add("a", 1);
        B = Add("b", 2);

        // IPv6 addresses are looked for on the link before they are used (RFC 4862 §5.4).
        _lab.Run(Settling);
    }

    public INetworkHost A { get; }

    public INetworkHost B { get; }

    public IpAddress AddressOfA(IpVersion version) => Address(version, 1);

    public IpAddress AddressOfB(IpVersion version) => Address(version, 2);

    public IpAddress Silent(IpVersion version) => IpAddress.Parse(version == IpVersion.V6 ? "fd00:2::1" : "10.2.0.1");

    public IpAddress Unrouted(IpVersion version) => IpAddress.Parse(version == IpVersion.V6 ? "fd00:3::1" : "10.3.0.1");

    public Task RunAsync(Func<Task> action)
    {
        _lab.Run(
            async () =>
            {
                await action();
                return true;
            },
            Limit);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _lab.Dispose();
        return default;
    }

    private static IpAddress Address(IpVersion version, int number) => IpAddress.Parse(version == IpVersion.V6 ? $"fd00::{number}" : $"10.0.0.{number}");

    private INetworkHost Add(string name, int number)
    {
        var host = _lab.AddHost(new LabHostOptions(name));
        var port = host.AddPort("eth0");
        host.AddAddress(port, Address(IpVersion.V4, number), 24);
        host.AddAddress(port, Address(IpVersion.V6, number), 64);
        foreach (var (prefix, length, gateway) in new[] { ("10.2.0.0", 16, "10.0.0.254"), ("fd00:2::", 32, "fd00::fe") })
        {
            host.Stack.SetNeighbor(port.Interface, IpAddress.Parse(gateway), MacAddress.FromValue(0x0200_0000_FFFF));
            host.AddRoute(new IpPrefix(IpAddress.Parse(prefix), length), IpAddress.Parse(gateway));
        }

        _lab.Connect(port, _switch.AddPort(), new LinkSettings { Delay = TimeSpan.FromMilliseconds(0.5) });
        return host.Network;
    }
}
