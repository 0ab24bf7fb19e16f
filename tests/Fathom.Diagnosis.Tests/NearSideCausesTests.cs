using Fathom.Diagnosis.Internet;
using Fathom.Diagnosis.Link;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Link;
using Fathom.Probes.Evidence;
using Fathom.Wire.Internet;

namespace Fathom.Diagnosis.Tests;

/// <summary>What the kernel's tables say of the way out, by the contract's table of causes.</summary>
public class NearSideCausesTests
{
    private static readonly HostInterface Loopback = Make(1, "lo", InterfaceKind.Loopback, true, "127.0.0.1", 8);
    private static readonly HostInterface Up = Make(2, "eth0", InterfaceKind.Ethernet, true, "192.0.2.2", 24);

    [Fact]
    public void Only_loopback_is_no_interface() => Assert.Equal(Causes.LinkNoInterface, Judge("198.51.100.1", RouteKind.None, Loopback));

    [Fact]
    public void A_loopback_that_is_down_is_link_down_for_loopback_targets()
        => Assert.Equal(Causes.LinkDown, Judge("127.0.0.1", RouteKind.None, Loopback with { IsUp = false }));

    [Fact]
    public void A_loopback_that_is_down_is_link_down_although_its_route_is_there()
        => Assert.Equal(Causes.LinkDown, Judge("127.0.0.1", RouteKind.Local, Loopback with { IsUp = false }));

    [Fact]
    public void A_route_to_this_host_is_no_cause() => Assert.Null(Judge("127.0.0.1", RouteKind.Local, Loopback));

    [Fact]
    public void A_self_assigned_address_that_takes_the_world_for_its_link_is_self_assigned()
        => Assert.Equal(Causes.AddressSelfAssigned, Judge("198.51.100.1", RouteKind.Unicast, Loopback, Make(2, "eth0", InterfaceKind.Ethernet, true, "169.254.7.7", 16)));

    [Fact]
    public void A_self_assigned_address_is_enough_for_its_own_link()
        => Assert.Null(Judge("169.254.9.9", RouteKind.Unicast, Loopback, Make(2, "eth0", InterfaceKind.Ethernet, true, "169.254.7.7", 16)));

    [Fact]
    public void The_only_interface_down_is_link_down() => Assert.Equal(Causes.LinkDown, Judge("198.51.100.1", RouteKind.None, Loopback, Up with { IsUp = false }));

    [Fact]
    public void An_interface_without_carrier_is_link_down_although_its_route_is_there()
        => Assert.Equal(Causes.LinkDown, Judge("198.51.100.1", RouteKind.Unicast, Loopback, Up with { HasCarrier = false }));

    [Fact]
    public void Up_without_an_address_is_address_missing()
        => Assert.Equal(Causes.AddressMissing, Judge("198.51.100.1", RouteKind.None, Loopback, Up with { Addresses = [] }));

    [Fact]
    public void Only_a_link_local_IPv4_address_is_self_assigned()
        => Assert.Equal(Causes.AddressSelfAssigned, Judge("198.51.100.1", RouteKind.None, Loopback, Make(2, "eth0", InterfaceKind.Ethernet, true, "169.254.7.7", 16)));

    [Fact]
    public void An_address_and_no_route_is_route_missing() => Assert.Equal(Causes.RouteMissing, Judge("198.51.100.1", RouteKind.None, Loopback, Up));

    [Theory]
    [InlineData(RouteKind.Blackhole)]
    [InlineData(RouteKind.Prohibit)]
    [InlineData(RouteKind.Unreachable)]
    public void A_route_that_forbids_is_prohibited(RouteKind kind) => Assert.Equal(Causes.RouteProhibited, Judge("198.51.100.1", kind, Loopback, Up));

    [Fact]
    public void A_usable_route_is_no_cause() => Assert.Null(Judge("198.51.100.1", RouteKind.Unicast, Loopback, Up));

    private static string? Judge(string target, RouteKind kind, params HostInterface[] interfaces)
    {
        var address = IpAddress.Parse(target);
        var used = kind == RouteKind.Unicast ? interfaces[^1] : null;
        var route = new RouteDecision(address, kind, null, null, used?.Index, used?.Addresses.Count > 0 ? used.Addresses[0].Address : null, null);
        var subject = new Subject(address, SubjectRole.Target, route, null, ["kernel:1"]);
        return NearSideCauses.Judge(new InterfaceObservation(interfaces, null), subject, new EvidenceLog(TimeProvider.System))?.Cause;
    }

    private static HostInterface Make(int index, string name, InterfaceKind kind, bool isUp, string address, int length)
        => new(index, name, kind, isUp, true, 1500, null, [new InterfaceAddress(IpAddress.Parse(address), length)]);
}
