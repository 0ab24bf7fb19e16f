using Fathom.Cli.Host;
using Fathom.Hosts.Link;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Tests;

/// <summary>Addresses of the two ends of <c>fathom host up</c>'s device.</summary>
public class HostAddressingTests
{
    [Theory]
    [InlineData("10.77.0.2/24", true)]
    [InlineData("10.77.0.0/31", true)]
    [InlineData("10.77.0.1/31", true)]
    [InlineData("10.77.0.255/32", true)]
    [InlineData("10.77.0.255/16", true)]
    [InlineData("10.77.0.1/0", true)]
    [InlineData("fd77::2/64", true)]
    [InlineData("fe80::2/64", true)]
    [InlineData("10.77.0.0/24", false)]
    [InlineData("10.77.0.255/24", false)]
    [InlineData("255.255.255.255/32", false)]
    [InlineData("127.0.0.1/8", false)]
    [InlineData("::1/128", false)]
    [InlineData("0.1.2.3/8", false)]
    [InlineData("240.0.0.1/24", false)]
    [InlineData("::ffff:10.77.0.2/120", false)]
    public void What_no_host_can_have_is_told(string text, bool isHosts)
    {
        Assert.True(IpPrefix.TryParseInterface(text, out var address, out var prefix, out _));
        Assert.Equal(isHosts, HostAddressing.WhyNobodys(address, prefix) is null);
    }

    // What iproute2 takes: with all bits in the prefix the other end has to be named.
    [Theory]
    [InlineData("10.77.0.2/24", "10.77.0.1/24")]
    [InlineData("10.77.0.1/24", "10.77.0.2/24")]
    [InlineData("10.77.0.0/31", "10.77.0.1/31")]
    [InlineData("10.77.0.7/32", "10.77.0.8 peer 10.77.0.7/32")]
    [InlineData("fd77::7/128", "fd77::8 peer fd77::7/128")]
    public void This_machine_s_end_gets_the_address_next_to_it(string text, string arguments)
    {
        Assert.True(IpPrefix.TryParseInterface(text, out var address, out var prefix, out _));
        Assert.Equal(arguments, HostAddressing.Arguments(new InterfaceAddress(address, prefix.Length)));
    }

    [Theory]
    [InlineData("10.77.0.1", true)]
    [InlineData("10.9.9.9", false)]
    [InlineData("10.77.0.2", false)]
    [InlineData("fd77::1", true)]
    [InlineData("fe80::1", true)]
    [InlineData("fd78::1", false)]
    public void A_gateway_is_another_host_of_the_link(string text, bool isGood)
    {
        InterfaceAddress[] own = [new(IpAddress.Parse("10.77.0.2"), 24), new(IpAddress.Parse("fd77::2"), 64)];
        Assert.Equal(isGood, HostAddressing.WhyNoGateway(IpAddress.Parse(text), own) is null);
    }
}
