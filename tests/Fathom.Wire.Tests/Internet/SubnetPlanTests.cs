using CsCheck;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Tests.Internet;

public class SubnetPlanTests
{
    private static readonly IpPrefix Space = new(IpAddress.Parse("192.168.0.0"), 22);

    [Theory]
    [InlineData(1, 30)]
    [InlineData(2, 30)]
    [InlineData(3, 29)]
    [InlineData(6, 29)]
    [InlineData(7, 28)]
    [InlineData(254, 24)]
    [InlineData(255, 23)]
    public void A_network_has_room_for_its_hosts_and_for_network_and_broadcast(int hosts, int length) => Assert.Equal(length, SubnetPlan.LengthFor(IpVersion.V4, hosts));

    [Fact]
    public void Links_and_IPv6_have_lengths_of_their_own()
    {
        Assert.Equal(31, SubnetPlan.LengthFor(IpVersion.V4, 2, pointToPoint: true)); // RFC 3021
        Assert.Equal(127, SubnetPlan.LengthFor(IpVersion.V6, 2, pointToPoint: true)); // RFC 6164
        Assert.Equal(64, SubnetPlan.LengthFor(IpVersion.V6, 5)); // RFC 7421
        Assert.Equal(125, SubnetPlan.LengthFor(IpVersion.V6, 5, tight: true));
        Assert.True(SubnetPlan.LengthFor(IpVersion.V4, System.Numerics.BigInteger.Pow(2, 40)) < 0);
    }

    [Fact]
    public void Whatever_fits_by_size_finds_room_without_overlap() => Gen.Int[1, 300].List[1, 12].Sample(static hosts =>
    {
        var needs = hosts.Select(static (h, i) => new SubnetNeed($"n{i}", h)).ToArray();
        var total = needs.Sum(static n => 1L << (32 - SubnetPlan.LengthFor(IpVersion.V4, n.Hosts)));
        var plan = SubnetPlan.Make(Space, needs);
        // Powers of two in falling order leave no holes: they fit exactly when their sum does.
        Assert.Equal(total <= 1024, plan is SubnetPlan.Fits);
        if (plan is not SubnetPlan.Fits fits) return;
        Assert.Equal(needs.OrderBy(static n => n.Name), fits.Assignments.Select(static a => a.Need).OrderBy(static n => n.Name));
        Assert.All(fits.Assignments, static a => Assert.True(a.Spare.Sign >= 0 && Space.Contains(a.Prefix)));
        var parts = fits.Assignments.Select(static a => a.Prefix).Concat(fits.Free).ToArray();
        Assert.Equal([Space], IpPrefixes.Merge(parts));
        Assert.Equal(1024, parts.Sum(static p => (long)p.Count));
    }, iter: 2_000);

    [Fact]
    public void What_does_not_fit_is_named_with_what_was_left()
    {
        var plan = SubnetPlan.Make(new IpPrefix(IpAddress.Parse("10.0.0.0"), 28), [new("a", 5), new("b", 3), new("c", 2), new("d", 2)]);
        var no = Assert.IsType<SubnetPlan.DoesNotFit>(plan);
        Assert.Equal(("c", 30, 0, 24), (no.First.Name, no.NeededLength, no.Free.Count, (int)no.TotalNeeded));
    }
}
