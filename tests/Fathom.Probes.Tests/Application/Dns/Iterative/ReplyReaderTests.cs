using Fathom.Probes.Application.Dns.Iterative;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Application.Dns.ZoneText;

namespace Fathom.Probes.Tests.Application.Dns.Iterative;

/// <summary>Replies as RFC 1034 §5.3.3, RFC 2308 §2, RFC 2181 §5.4.1 and RFC 6672 §3.4 read them.</summary>
public sealed class ReplyReaderTests
{
    private static readonly DnsQuestion Question = new(DnsName.Parse("www.example.test"), DnsType.A);

    [Fact]
    public void A_referral_names_the_zone_and_its_glue()
    {
        var referral = Assert.IsType<ServerReply.Referral>(Read("test", authorities: "example.test. 1 NS ns.example.test.", additionals: "ns.example.test. 1 A 192.0.2.1"));
        Assert.Equal(DnsName.Parse("example.test"), referral.Zone);
        Assert.Equal("192.0.2.1", Assert.Single(referral.Glue).Data.ToPresentation());
        Assert.Empty(referral.Ignored);
    }

    [Fact]
    public void A_referral_with_AA_is_still_one()
        => Assert.IsType<ServerReply.Referral>(Read("test", authorities: "example.test. 1 NS ns.example.test.", authoritative: true));

    [Fact]
    public void Glue_out_of_bailiwick_and_addresses_that_nobody_asked_for_are_ignored()
    {
        var reply = Read("test", authorities: "example.test. 1 NS ns.victim.org.", additionals: "ns.victim.org. 1 A 192.0.2.66\nwww.bank.test. 1 A 192.0.2.66");
        Assert.Empty(Assert.IsType<ServerReply.Referral>(reply).Glue);
        Assert.Equal(["ns.victim.org", "www.bank.test"], reply.Ignored.Select(static i => i.Record.Name.ToString()).Order());
    }

    [Fact]
    public void An_answer_from_outside_the_zone_is_no_answer()
    {
        var reply = Read("other", "www.example.test. 1 A 192.0.2.66", authoritative: true);
        Assert.IsType<ServerReply.NoSuchData>(reply);
        Assert.Single(reply.Ignored);
    }

    [Fact]
    public void Aliases_are_followed_inside_the_zone_and_not_beyond_it()
    {
        var answer = Assert.IsType<ServerReply.Answer>(Read("example.test", "www.example.test. 1 CNAME a.example.test.\na.example.test. 1 A 192.0.2.1", authoritative: true));
        Assert.Equal(2, answer.Records.Count);
        var alias = Assert.IsType<ServerReply.Alias>(Read("example.test", "www.example.test. 1 CNAME a.victim.org.\na.victim.org. 1 A 192.0.2.66", authoritative: true));
        Assert.Equal(DnsName.Parse("a.victim.org"), alias.Names[^1]);
        Assert.Single(alias.Ignored);
    }

    [Fact]
    public void A_DNAME_is_believed_and_the_CNAME_beside_it_is_not()
    {
        var alias = Assert.IsType<ServerReply.Alias>(Read("test", "example.test. 1 DNAME new.test.\nwww.example.test. 1 CNAME evil.test.", authoritative: true));
        Assert.Equal(DnsName.Parse("www.new.test"), alias.Names[^1]);
    }

    [Fact]
    public void NXDOMAIN_after_an_alias_is_about_its_target()
        => Assert.IsType<ServerReply.Alias>(Read("example.test", "www.example.test. 1 CNAME gone.example.test.", "example.test. 1 SOA a b 1 2 3 4 5", code: DnsResponseCode.NXDomain, authoritative: true));

    [Theory]
    [InlineData("example.test. 1 SOA a b 1 2 3 4 5", true, typeof(ServerReply.NoSuchData))]
    [InlineData("example.test. 1 SOA a b 1 2 3 4 5\nexample.test. 1 NS ns.example.test.", true, typeof(ServerReply.NoSuchData))]
    [InlineData("", true, typeof(ServerReply.NoSuchData))]
    [InlineData("", false, typeof(ServerReply.Lame))]
    [InlineData("test. 1 NS ns.test.", false, typeof(ServerReply.Lame))]
    [InlineData("example.test. 1 NS ns.test.", false, typeof(ServerReply.Lame))]
    [InlineData(". 1 NS ns.root.", false, typeof(ServerReply.Lame))]
    public void Empty_answers_are_told_apart(string authorities, bool authoritative, Type expected)
        => Assert.IsType(expected, Read("example.test", authorities: authorities, authoritative: authoritative));

    [Fact]
    public void An_answer_from_a_cache_is_lame()
    {
        Assert.IsType<ServerReply.Lame>(Read("example.test", "www.example.test. 1 A 192.0.2.1", recursion: true));
        Assert.IsType<ServerReply.Answer>(Read("example.test", "www.example.test. 1 A 192.0.2.1"));
    }

    [Fact]
    public void The_built_in_hints_are_those_of_the_root()
    {
        var pack = Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "..", "shared", "conformance", "dns", "root", "root.hints");
        Assert.SkipUnless(File.Exists(pack), "The conformance pack ../shared/conformance is not here.");
        Assert.True(DnsZoneText.TryParse(File.ReadAllText(pack), DnsName.Root, out var expected, out var error), error?.ToString());
        Assert.Equal(expected.Select(static r => r.ToString().ToLowerInvariant()).Order(), RootHints.Internet.Records.Select(static r => r.ToString().ToLowerInvariant()).Order());
    }

    private static ServerReply Read(
        string zone, string answers = "", string authorities = "", string additionals = "", DnsResponseCode code = DnsResponseCode.NoError, bool authoritative = false, bool recursion = false)
        => ReplyReader.Read(
            new DnsMessage
            {
                IsResponse = true,
                Authoritative = authoritative,
                RecursionAvailable = recursion,
                ResponseCode = code,
                Questions = [Question],
                Answers = Records(answers),
                Authorities = Records(authorities),
                Additionals = Records(additionals),
            },
            Question,
            DnsName.Parse(zone));

    private static IReadOnlyList<DnsRecord> Records(string text) => DnsZoneText.TryParse(text, DnsName.Root, out var records, out var error) ? records : throw new FormatException(error.ToString());
}
