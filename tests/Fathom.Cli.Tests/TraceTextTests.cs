using Fathom.Cli.Host;
using Fathom.Stack.Internet;
using Fathom.Stack.Link;
using Fathom.Stack.Transport.Tcp;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Transport;

namespace Fathom.Cli.Tests;

/// <summary>What <c>fathom host up --trace</c> says.</summary>
public class TraceTextTests
{
    // No text names the interface.
    private static readonly NetworkInterface On = null!;
    private static readonly MacAddress Other = MacAddress.FromValue(0x0200_0000_0007);
    private static readonly IpAddress Router = IpAddress.Parse("fe80::9").WithZone(2);

    /// <summary>Both ends of a block are octets that have arrived, as both ends of "seq" are octets that were sent.</summary>
    [Fact]
    public void A_block_that_has_arrived_is_told_like_what_was_sent()
    {
        var options = new TcpOptions { SackBlocks = new TcpSackBlocks([new TcpSackBlock(new SequenceNumber(1001), new SequenceNumber(2001))]) };
        var end = new IpEndpoint(Router, 1);
        var text = TraceText.Of(new TcpEvent.Sent(TimeSpan.Zero, end, end, new TcpSegmentSummary(TcpFlags.Ack, 1, 501, 0, 1000, options), null));
        Assert.Equal("ACK seq 1 ack 501 win 1000 sack 1001-2000", text);
    }

    [Fact]
    public void A_router_that_leaves_is_told_and_no_link_has_a_number()
    {
        Assert.Equal("router fe80::9 is no default router", TraceText.Of(new RouterAdvertised(TimeSpan.Zero, On, Router, TimeSpan.Zero)));
        Assert.Equal("router fe80::9 advertises itself for 1800 s", TraceText.Of(new RouterAdvertised(TimeSpan.Zero, On, Router, TimeSpan.FromSeconds(1800))));
    }

    [Theory]
    [InlineData(AddressConflictAction.NotUsed, "it is not used here")]
    [InlineData(AddressConflictAction.Defended, "it is announced again")]
    [InlineData(AddressConflictAction.Noted, "nothing is done about it")]
    [InlineData(AddressConflictAction.GivenUp, "it is given up here")]
    public void Of_a_conflict_it_is_told_what_is_done_about_it(AddressConflictAction action, string words)
        => Assert.Equal($"address conflict: 02:00:00:00:00:07 has fe80::9; {words}", TraceText.Of(new AddressConflict(TimeSpan.Zero, On, Router, Other, action)));
}
