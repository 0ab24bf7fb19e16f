using Fathom.Diagnosis;
using Fathom.Hosts.Transport;
using Fathom.Lab.Scenarios;
using Fathom.Lab.Tests.Matrix;
using Fathom.Stack.Application.Dhcp;
using Fathom.Stack.Internet;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Transport;

namespace Fathom.Lab.Tests;

/// <summary>The default internet works, from every host of its home.</summary>
public class InternetTests
{
    [Theory]
    [InlineData("laptop", "https://www.example.com/")]
    [InlineData("phone", "https://www.example.com/")]
    [InlineData("laptop", "http://example.com/")]
    [InlineData("laptop", "dns://192.0.2.53/www.example.com")]
    [InlineData("laptop", "tcp://www.example.com:7")]
    [InlineData("www", "dns://198.51.100.53/www.example.com")]
    [InlineData("printer", "tcp://203.0.113.80:7")]
    public void A_check_finds_nothing_broken(string from, string target)
    {
        using var world = LabWorld.Create(BuiltInScenarios.Get(BuiltInScenarios.Default));
        var report = MatrixRun.Check(world, from, target, captures: false);
        Assert.True(report.Verdict.Status == VerdictStatus.Works, MatrixRun.Describe(report));
    }

    [Theory]
    [InlineData("cafe", VerdictStatus.Broken, "http.captive-portal")]
    [InlineData("satellite", VerdictStatus.Degraded, "path.latency")]
    [InlineData("tunnel", VerdictStatus.Broken, "path.mtu-blackhole")]
    [InlineData("pair", VerdictStatus.Works, null)]
    public void A_scenario_shows_what_it_is_there_for(string scenario, VerdictStatus status, string? cause)
    {
        using var world = LabWorld.Create(BuiltInScenarios.Get(scenario));
        var report = MatrixRun.Check(world, world.Scenario.From, world.Scenario.Target, captures: false);
        Assert.Equal((status, cause), (report.Verdict.Status, report.Verdict.Root?.Cause));
    }

    [Fact]
    public void The_home_has_its_addresses_from_the_router_and_one_address_to_the_world()
    {
        using var world = LabWorld.Create(BuiltInScenarios.Get(BuiltInScenarios.Default));
        var laptop = world.Lab.Find("laptop")!;
        Assert.Equal(DhcpState.Bound, laptop.Stack.DhcpClients.Single().State);
        Assert.Contains(laptop.Stack.Addresses, static a => a.Address == IpAddress.Parse("192.168.1.10"));
        Assert.Contains(laptop.Stack.Addresses, static a => a.Origin == AddressOrigin.Autoconfigured && !a.Address.IsLinkLocal);

        // Beyond the router, every IPv4 packet of the home has the router's address (RFC 3022 §2.2).
        var seen = new HashSet<IpAddress>();
        world.Lab.FrameSeen += frame =>
        {
            if (frame.Port.Name == "provider-router/access" && !frame.IsOutgoing && EthernetFrame.TryRead(frame.Octets.Span, out var ethernet, out _) && Ipv4Packet.TryRead(ethernet.Payload, out var packet, out _)) seen.Add(packet.Source);
        };
        var far = new IpEndpoint(IpAddress.Parse("203.0.113.80"), 7);
        var result = world.Lab.Run(() => laptop.Network.ConnectAsync(far, new ConnectOptions(TimeSpan.FromSeconds(5)), default).AsTask(), TimeSpan.FromSeconds(10));
        Assert.IsType<ConnectResult.Connected>(result);
        Assert.Equal([IpAddress.Parse("198.51.100.2")], seen);
    }

    [Theory]
    [InlineData("192.168.1.30")] // nobody routes there
    [InlineData("198.51.100.2")] // the router itself
    public void Nobody_outside_begins_anything(string target)
    {
        using var world = LabWorld.Create(BuiltInScenarios.Get(BuiltInScenarios.Default));
        var www = world.Lab.Find("www")!;
        var result = world.Lab.Run(() => www.Network.ConnectAsync(new IpEndpoint(IpAddress.Parse(target), 80), new ConnectOptions(TimeSpan.FromSeconds(5)), default).AsTask(), TimeSpan.FromSeconds(10));
        Assert.IsNotType<ConnectResult.Connected>(result);
    }

    [Fact]
    public void Nobody_outside_reaches_a_telephone_by_its_IPv6_address()
    {
        using var world = LabWorld.Create(BuiltInScenarios.Get(BuiltInScenarios.Default));
        var (www, phone) = (world.Lab.Find("www")!, world.Lab.Find("phone")!);
        var own = phone.Stack.Addresses.First(static a => a.Origin == AddressOrigin.Autoconfigured && !a.Address.IsLinkLocal).Address;
        var listening = world.Lab.Run(() => phone.Network.ListenAsync(new ListenOptions(new IpEndpoint(own, 8080)), default).AsTask(), TimeSpan.FromSeconds(1));
        Assert.NotNull(listening.Value);
        var result = world.Lab.Run(() => www.Network.ConnectAsync(new IpEndpoint(own, 8080), new ConnectOptions(TimeSpan.FromSeconds(5)), default).AsTask(), TimeSpan.FromSeconds(10));
        Assert.IsType<ConnectResult.TimedOut>(result);

        // From inside it is there.
        var near = world.Lab.Run(() => world.Lab.Find("laptop")!.Network.ConnectAsync(new IpEndpoint(own, 8080), new ConnectOptions(TimeSpan.FromSeconds(5)), default).AsTask(), TimeSpan.FromSeconds(10));
        Assert.IsType<ConnectResult.Connected>(near);
    }
}
