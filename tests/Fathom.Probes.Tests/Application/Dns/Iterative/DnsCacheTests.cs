using Fathom.Probes.Application.Dns.Iterative;
using Fathom.Probes.Tests.Application.Tls.Support;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Application.Dns.ZoneText;

namespace Fathom.Probes.Tests.Application.Dns.Iterative;

/// <summary>The cache by RFC 1034 §3.6.2.1, RFC 2181 §5.2, §5.4.1 and §8, and RFC 2308 §5.</summary>
public sealed class DnsCacheTests
{
    private static readonly DnsName Www = DnsName.Parse("www.example.test");

    private readonly ManualTime _time = new();

    [Fact]
    public void A_TTL_counts_down_and_ends()
    {
        var cache = new DnsCache(_time);
        Assert.True(cache.Put([Record("www.example.test. 300 A 192.0.2.1")], DnsCredibility.Answer));

        _time.Advance(TimeSpan.FromSeconds(16));
        var found = Assert.IsType<DnsCacheEntry.Positive>(cache.Find(Www, DnsType.A));
        Assert.Equal((TimeSpan.FromSeconds(284), 284u), (found.Remaining, found.Records[0].TimeToLive));

        _time.Advance(TimeSpan.FromSeconds(284));
        Assert.Null(cache.Find(Www, DnsType.A));
    }

    [Fact]
    public void A_set_has_its_lowest_TTL()
    {
        var cache = new DnsCache(_time);
        cache.Put([Record("www.example.test. 300 A 192.0.2.1"), Record("www.example.test. 20 A 192.0.2.2")], DnsCredibility.Answer);
        Assert.Equal([20u, 20u], Assert.IsType<DnsCacheEntry.Positive>(cache.Find(Www, DnsType.A)).Records.Select(static r => r.TimeToLive));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(0x8000_0000u)]
    public void A_TTL_of_zero_or_with_the_top_bit_is_not_kept(uint timeToLive)
    {
        var cache = new DnsCache(_time);
        Assert.False(cache.Put([Record("www.example.test. 1 A 192.0.2.1") with { TimeToLive = timeToLive }], DnsCredibility.Answer));
        Assert.Null(cache.Find(Www, DnsType.A));
    }

    [Fact]
    public void A_TTL_of_years_is_cut()
    {
        var cache = new DnsCache(_time, new DnsCacheOptions { MaximumTimeToLive = TimeSpan.FromHours(2) });
        cache.Put([Record("www.example.test. 99999999 A 192.0.2.1")], DnsCredibility.Answer);
        Assert.Equal(TimeSpan.FromHours(2), cache.Find(Www, DnsType.A)?.Remaining);
    }

    [Fact]
    public void Glue_does_not_replace_an_answer_and_an_answer_replaces_glue()
    {
        var cache = new DnsCache(_time);
        Assert.True(cache.Put([Record("www.example.test. 300 A 192.0.2.1")], DnsCredibility.Additional));
        Assert.True(cache.Put([Record("www.example.test. 300 A 192.0.2.2")], DnsCredibility.Answer));
        Assert.False(cache.Put([Record("www.example.test. 300 A 192.0.2.3")], DnsCredibility.Additional));
        Assert.Equal("192.0.2.2", Assert.IsType<DnsCacheEntry.Positive>(cache.Find(Www, DnsType.A)).Records[0].Data.ToPresentation());

        // What has run down protects nothing.
        _time.Advance(TimeSpan.FromSeconds(301));
        Assert.True(cache.Put([Record("www.example.test. 300 A 192.0.2.3")], DnsCredibility.Additional));
    }

    [Theory]
    [InlineData(3600u, 60u, 60)]
    [InlineData(30u, 60u, 30)]
    [InlineData(999999u, 999999u, 10800)]
    public void A_negative_answer_lasts_for_the_lesser_of_TTL_and_minimum_and_three_hours(uint timeToLive, uint minimum, int expected)
    {
        var cache = new DnsCache(_time);
        Assert.True(cache.PutNegative(Www, DnsType.Mx, false, Record($"example.test. {timeToLive} SOA ns admin 1 2 3 4 {minimum}")));
        Assert.Equal(TimeSpan.FromSeconds(expected), Assert.IsType<DnsCacheEntry.Negative>(cache.Find(Www, DnsType.Mx)).Remaining);
        Assert.Null(cache.Find(Www, DnsType.A));
    }

    [Fact]
    public void NXDOMAIN_is_about_every_type()
    {
        var cache = new DnsCache(_time);
        cache.PutNegative(Www, DnsType.A, true, Record("example.test. 60 SOA ns admin 1 2 3 4 60"));
        Assert.True(Assert.IsType<DnsCacheEntry.Negative>(cache.Find(Www, DnsType.Txt)).IsNoSuchName);
    }

    [Fact]
    public void The_least_recently_used_entry_makes_room()
    {
        var cache = new DnsCache(_time, new DnsCacheOptions { MaximumEntries = 2 });
        cache.Put([Record("a. 300 A 192.0.2.1")], DnsCredibility.Answer);
        cache.Put([Record("b. 300 A 192.0.2.1")], DnsCredibility.Answer);
        Assert.NotNull(cache.Find(DnsName.Parse("a"), DnsType.A));
        cache.Put([Record("c. 300 A 192.0.2.1")], DnsCredibility.Answer);
        Assert.Equal(2, cache.Count);
        Assert.Null(cache.Find(DnsName.Parse("b"), DnsType.A));
        Assert.NotNull(cache.Find(DnsName.Parse("a"), DnsType.A));
    }

    private static DnsRecord Record(string line) => DnsZoneText.TryParseRecord(line, DnsName.Root, out var record, out var error) ? record : throw new FormatException(error.ToString());
}
