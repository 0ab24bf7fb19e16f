using Fathom.Cli.Host;
using Fathom.Hosts.Link;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Tests;

/// <summary>Addresses of the two ends of <c>fathom host up</c>'s device.</summary>
public class HostAddressingTests
{
    [Theory]
    [InlineData("10.77.0.2/24", null)]
    [InlineData("10.77.0.0/24", "it is that of the network itself (RFC 1122 section 3.2.1.3); 10.77.0.1 is its first host's")]
    [InlineData("10.77.0.255/24", "it is that of all hosts of the network (RFC 919)")]
    [InlineData("255.255.255.255/32", "it is that of all hosts (RFC 919)")]
    [InlineData("127.0.0.0/8", "the loopback never leaves its host (RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.3)")]
    public void What_no_host_can_have_is_told(string text, string? reason)
    {
        Assert.True(IpPrefix.TryParseInterface(text, out var address, out var prefix, out _));
        Assert.Equal(reason, HostAddressing.WhyNobodys(address, prefix));
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
