using Fathom.Stack.Internet;
using Fathom.Stack.Link;
using Fathom.Stack.Tests.Support;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Tests.Internet;

/// <summary>The examples of RFC 6724 §10.1, as far as their rules are here.</summary>
public class SourceSelectionTests
{
    [Theory]
    [InlineData("2001:db8:1::1", "2001:db8:3::1 fe80::1", "2001:db8:3::1")] // prefer appropriate scope
    [InlineData("ff05::1", "2001:db8:3::1 fe80::1", "2001:db8:3::1")] // prefer appropriate scope
    [InlineData("2001:db8:1::1", "fe80::1 2001:db8:1::2", "2001:db8:1::2")] // prefer appropriate scope
    [InlineData("fe80::1", "fe80::2 2001:db8:1::1", "fe80::2")] // prefer appropriate scope
    [InlineData("2001:db8:1::1", "2001:db8:1::2 2001:db8:3::2", "2001:db8:1::2")] // longest matching prefix
    [InlineData("2002:c633:6401::1", "2002:c633:6401::d5e3:7953:13eb:22e8 2001:db8:1::2", "2002:c633:6401::d5e3:7953:13eb:22e8")] // matching label
    [InlineData("fd11::1", "2001:db8:1::2 fd22::2", "fd22::2")] // matching label, unique local
    [InlineData("10.1.2.3", "192.0.2.1 10.9.9.9", "10.9.9.9")] // longest matching prefix
    public void The_best_address_is_chosen_whatever_the_order(string destination, string candidates, string expected)
    {
        foreach (var order in (bool[])[false, true])
        {
            var names = candidates.Split(' ');
            if (order) Array.Reverse(names);
            var stack = new NetworkStack(new StackOptions(), new SeededRandom(1));
            var port = stack.AddInterface(new InterfaceOptions { Name = "wire0" });
            foreach (var name in names) stack.AddAddress(port, IpAddress.Parse(name), name.Contains('.', StringComparison.Ordinal) ? 24 : 64);
            stack.Routes.Add(new Route(new IpPrefix(IpAddress.AnyV6, 0), port));
            stack.Routes.Add(new Route(new IpPrefix(IpAddress.AnyV4, 0), port));
            Assert.Equal(IpAddress.Parse(expected), stack.FindPath(IpAddress.Parse(destination))!.Source.WithZone(0));
        }
    }

    [Fact]
    public void A_packet_to_this_host_goes_from_the_address_it_goes_to()
    {
        var hosts = new TwoHosts();
        var path = hosts.Left.FindPath(TwoHosts.LeftV6)!;
        Assert.Equal((TwoHosts.LeftV6, InterfaceMedium.Loopback), (path.Source, path.Interface.Medium));
    }
}
