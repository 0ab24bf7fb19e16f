using Fathom.Lab.Link;
using Fathom.Wire.Internet;

namespace Fathom.Lab.Tests;

/// <summary>What is misuse of a host is refused where it is done.</summary>
public class LabHostTests
{
    [Fact]
    public void An_interface_has_a_name_of_its_own_on_its_host()
    {
        using var lab = new Lab();
        var (one, other) = (lab.AddHost(new LabHostOptions("one")), lab.AddHost(new LabHostOptions("other")));
        one.AddPort("eth0");
        other.AddPort("eth0");
        Assert.Throws<ArgumentException>(() => one.AddPort("eth0"));
        Assert.Throws<ArgumentException>(() => one.AddPort("lo"));
        Assert.Equal("one/eth0", Assert.Single(one.Ports).Name);
    }

    [Fact]
    public void An_interface_is_one_host_s()
    {
        using var lab = new Lab();
        var (one, other) = (lab.AddHost(new LabHostOptions("one")), lab.AddHost(new LabHostOptions("other")));
        HostPort foreign = other.AddPort("eth0");
        one.AddPort("eth0");
        Assert.Throws<ArgumentException>(() => one.AddAddress(foreign, IpAddress.Parse("192.0.2.1"), 24));
        Assert.Throws<ArgumentException>(() => one.AddRoute(IpPrefix.Default(IpVersion.V4), foreign, IpAddress.Parse("192.0.2.1")));
        Assert.Throws<ArgumentException>(() => one.StartDhcp(foreign));
        Assert.Throws<ArgumentException>(() => one.Stack.SetMtu(foreign.Interface, 1400));
        Assert.Throws<ArgumentException>(() => one.Stack.SetLinkState(foreign.Interface, false, false));
        Assert.DoesNotContain(other.Stack.Addresses, static a => a.Address == IpAddress.Parse("192.0.2.1"));
    }
}
