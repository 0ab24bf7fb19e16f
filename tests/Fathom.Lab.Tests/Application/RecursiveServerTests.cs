using Fathom.Probes.Application.Dns;
using Fathom.Wire.Application.Dns;

namespace Fathom.Lab.Tests.Application;

/// <summary>A recursive server among root, top-level and authoritative servers. What is expected is what RFC 1034, 2181, 2308, 5452, 8914 and 9520 say.</summary>
public class RecursiveServerTests
{
    [Fact]
    public void It_walks_down_from_the_root_once_and_then_knows()
    {
        using var world = new NamesWorld();
        var answer = world.Ask("www.example.com");
        Assert.Equal((DnsResponseCode.NoError, true, false, true), (answer.ResponseCode, answer.RecursionAvailable, answer.Authoritative, answer.RecursionDesired));
        Assert.Equal("www.example.com. 300 IN A 10.0.0.80", Text(Assert.Single(answer.Answers)));

        // Root, com, example.com.
        Assert.Equal(3, world.Server.Statistics.QueriesSent);
        world.Lab.Run(TimeSpan.FromSeconds(100));
        Assert.Equal("www.example.com. 200 IN A 10.0.0.80", Text(Assert.Single(world.Ask("WWW.example.com").Answers), withoutCase: true));
        Assert.Equal(3, world.Server.Statistics.QueriesSent);

        // Another type of the name is asked for where its zone is known to be.
        Assert.Equal("www.example.com. 300 IN AAAA fd00::80", Text(Assert.Single(world.Ask("www.example.com", DnsType.Aaaa).Answers)));
        Assert.Equal(4, world.Server.Statistics.QueriesSent);

        // The TTL is over, the delegation's is not.
        world.Lab.Run(TimeSpan.FromSeconds(201));
        Assert.Equal("www.example.com. 300 IN A 10.0.0.80", Text(Assert.Single(world.Ask("www.example.com").Answers)));
        Assert.Equal(5, world.Server.Statistics.QueriesSent);
    }

    [Theory]
    [InlineData("none.example.com", DnsType.A, DnsResponseCode.NXDomain)]
    [InlineData("www.example.com", DnsType.Mx, DnsResponseCode.NoError)]
    public void What_is_not_there_is_known_for_as_long_as_the_SOA_says(string name, DnsType type, DnsResponseCode code)
    {
        using var world = new NamesWorld();
        for (var time = 0; time < 2; time++)
        {
            var answer = world.Ask(name, type);
            Assert.Equal((code, 0), (answer.ResponseCode, answer.Answers.Count));

            // RFC 2308 §5: the minimum of 60 s, not the SOA's own TTL of an hour; counted down by then.
            var soa = Assert.Single(answer.Authorities);
            Assert.Equal((DnsName.Parse("example.com"), time == 0 ? 60u : 50u), (soa.Name, soa.TimeToLive));
            Assert.Equal(3, world.Server.Statistics.QueriesSent);
            world.Lab.Run(TimeSpan.FromSeconds(10));
        }

        world.Lab.Run(TimeSpan.FromSeconds(45));
        Assert.Equal(code, world.Ask(name, type).ResponseCode);
        Assert.Equal(4, world.Server.Statistics.QueriesSent);
    }

    [Fact]
    public void Aliases_are_followed_from_zone_to_zone()
    {
        using var world = new NamesWorld();
        string[] expected = ["away.example.com. 300 IN CNAME alias.example.net.", "alias.example.net. 120 IN CNAME www.example.net.", "www.example.net. 300 IN A 10.0.0.82"];
        Assert.Equal(expected, world.Ask("away.example.com").Answers.Select(static r => Text(r)));
        Assert.Equal(expected, world.Ask("away.example.com").Answers.Select(static r => Text(r)));
        Assert.Equal([expected[0]], world.Ask("away.example.com", DnsType.CName).Answers.Select(static r => Text(r)));

        // RFC 6604 §3: the code is the last name's.
        var none = world.Ask("nowhere.example.com");
        Assert.Equal((DnsResponseCode.NXDomain, "nowhere.example.com. 300 IN CNAME gone.example.net."), (none.ResponseCode, Text(Assert.Single(none.Answers))));
        Assert.Equal(DnsName.Parse("example.net"), Assert.Single(none.Authorities).Name);
        Assert.Equal((DnsResponseCode.ServFail, (ushort)0), Failure(world.Ask("loop.example.com")));
    }

    [Fact]
    public void A_server_without_glue_is_looked_for_first()
    {
        using var world = new NamesWorld();
        Assert.Equal("www.distant.com. 300 IN A 10.0.0.83", Text(Assert.Single(world.Ask("www.distant.com").Answers)));

        // Root and com; root, net and example.net for its address; and the server itself. The root's second time is the cache's.
        Assert.InRange(world.Server.Statistics.QueriesSent, 5, 6);
    }

    [Fact]
    public void A_dead_server_beside_a_living_one_costs_time_only()
    {
        using var world = new NamesWorld();
        var start = world.Lab.Clock.Now;

        // The record has a TTL of 0 and is never kept: each time it is asked for anew, and sooner or later of the dead one first.
        for (var i = 0; i < 4; i++) Assert.Equal("www.half.com. 0 IN A 10.0.0.81", Text(Assert.Single(world.Ask("www.half.com").Answers)));
        Assert.InRange((world.Lab.Clock.Now - start).TotalSeconds, 0, 5);
    }

    [Fact]
    public void All_servers_dead_is_SERVFAIL_with_the_reason_and_is_remembered_for_a_while()
    {
        using var world = new NamesWorld();
        var answer = world.Ask("www.dead.com");
        Assert.Equal((DnsResponseCode.ServFail, (ushort)22), Failure(answer));
        Assert.Contains("dead.com", answer.Edns!.ExtendedErrors[0].Text);
        var sent = world.Server.Statistics.QueriesSent;

        // RFC 9520: at once again, nobody is asked, and RFC 8914 §4.14 says so.
        var again = world.Ask("www.dead.com");
        Assert.Equal([22, 13], again.Edns!.ExtendedErrors.Select(static e => (int)e.Code));
        Assert.Equal(sent, world.Server.Statistics.QueriesSent);
        world.Lab.Run(TimeSpan.FromSeconds(2));
        world.Ask("www.dead.com");
        Assert.True(world.Server.Statistics.QueriesSent > sent);

        // Who does not speak EDNS gets the code alone.
        Assert.Null(world.Ask("www.dead.com", options: Plain with { UseEdns = false }).Edns);
    }

    [Fact]
    public void A_lame_delegation_is_SERVFAIL()
    {
        using var world = new NamesWorld();
        Assert.Equal((DnsResponseCode.ServFail, (ushort)22), Failure(world.Ask("www.lame.com")));
    }

    [Fact]
    public void Equal_questions_at_one_time_are_one()
    {
        using var world = new NamesWorld();
        var answers = world.Lab.Run(() => Task.WhenAll(Enumerable.Range(0, 20).Select(_ => world.AskAsync("www.example.com"))), TimeSpan.FromSeconds(10));
        Assert.All(answers, static a => Assert.Single(((DnsExchangeOutcome.Answered)a).Message.Answers));
        Assert.Equal((1, 3, 0), (world.Server.Statistics.Resolutions, world.Server.Statistics.QueriesSent, world.Server.Statistics.Outstanding));
    }

    [Fact]
    public void No_more_questions_are_under_way_than_allowed()
    {
        using var world = new NamesWorld(change: static o => o with { MaximumOutstanding = 2 });
        var answers = world.Lab.Run(
            () => Task.WhenAll(new[] { "a.dead.com", "b.dead.com", "c.dead.com", "a.dead.com" }.Select(n => world.AskAsync(n))), TimeSpan.FromSeconds(20));
        Assert.Equal([22, 22, 0, 22], answers.Select(static a => (int)Failure(((DnsExchangeOutcome.Answered)a).Message).Error));
    }

    [Fact]
    public void Only_its_clients_are_served()
    {
        using var world = new NamesWorld();
        var stranger = world.Add("stranger", 200);
        world.Lab.Run(TimeSpan.FromSeconds(2));
        var refused = world.Ask("www.example.com", from: stranger);
        Assert.Equal((DnsResponseCode.Refused, (ushort)18), Failure(refused));
        Assert.False(refused.RecursionAvailable);

        // The same host by its IPv6 address, which is one of a client.
        Assert.Single(world.Ask("www.example.com", from: stranger, server: "fd00::8").Answers);
        Assert.Equal((2, 1), (world.Server.Statistics.Queries, world.Server.Statistics.Refused));
    }

    [Fact]
    public void A_question_without_recursion_is_refused_and_a_transfer_is_not_done()
    {
        using var world = new NamesWorld();
        Assert.Equal(DnsResponseCode.Refused, world.Ask("www.example.com", options: Plain with { RecursionDesired = false }).ResponseCode);
        Assert.Equal(DnsResponseCode.NotImp, world.Ask("example.com", DnsType.Axfr).ResponseCode);
        Assert.Equal(0, world.Server.Statistics.QueriesSent);
    }

    [Fact]
    public void What_is_too_large_for_UDP_comes_over_TCP_on_both_sides()
    {
        using var world = new NamesWorld();
        var cut = world.Ask("large.example.com", DnsType.Txt, Plain with { IgnoreTruncation = true });
        Assert.Equal((true, 0), (cut.Truncated, cut.Answers.Count));
        Assert.Equal(40, world.Ask("large.example.com", DnsType.Txt).Answers.Count);
        Assert.Equal(40, world.Ask("large.example.com", DnsType.Txt, Plain with { OverTcp = true }).Answers.Count);
    }

    [Fact]
    public void A_server_is_not_believed_beyond_its_zone()
    {
        using var world = new NamesWorld();
        world.AddLiar();
        Assert.Equal("www.liar.com. 86400 IN A 10.0.0.66", Text(Assert.Single(world.Ask("www.liar.com").Answers)));
        Assert.Equal("www.example.net. 300 IN A 10.0.0.82", Text(Assert.Single(world.Ask("www.example.net").Answers)));
    }

    [Fact]
    public void It_gets_through_loss_and_the_same_seed_gives_the_same_frames()
    {
        string Run(ulong seed)
        {
            using var world = new NamesWorld(seed, loss: 0.1);
            var patient = new DnsQueryOptions { Schedule = [.. Enumerable.Range(0, 8).Select(static i => TimeSpan.FromSeconds(2 * i))], Timeout = TimeSpan.FromSeconds(20) };
            Assert.Equal(3, world.Ask("away.example.com", options: patient).Answers.Count);
            return world.Lab.LogHash;
        }

        Assert.Equal(Run(5), Run(5));
        Assert.NotEqual(Run(5), Run(6));
    }

    private static DnsQueryOptions Plain { get; } = new() { Schedule = [TimeSpan.Zero], Timeout = TimeSpan.FromSeconds(20) };

    private static (DnsResponseCode Code, ushort Error) Failure(DnsMessage answer) => (answer.ResponseCode, answer.Edns!.ExtendedErrors[0].Code);

    private static string Text(DnsRecord record, bool withoutCase = false)
    {
        var text = $"{record.Name.ToAbsoluteString()} {record.TimeToLive} IN {record.Type.ToText()} {record.Data}";
        return withoutCase ? text.Replace("WWW", "www", StringComparison.Ordinal) : text;
    }
}
