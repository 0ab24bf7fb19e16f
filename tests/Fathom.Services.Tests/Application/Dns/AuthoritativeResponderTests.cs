using Fathom.Services.Application.Dns;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Application.Dns.ZoneText;

namespace Fathom.Services.Tests.Application.Dns;

/// <summary>Answers of an authority: RFC 1034 §4.3.2, RFC 4592, RFC 6672, RFC 2308, RFC 6891.</summary>
public sealed class AuthoritativeResponderTests
{
    // RFC 4592 §2.2.1, the zone of its examples.
    private const string WildcardZone = """
        $ORIGIN example.
        example.                 3600 IN  SOA   ns.example.com. admin.example. 1 2 3 4 60
        example.                 3600     NS    ns.example.com.
        example.                 3600     NS    ns.example.net.
        *.example.               3600     TXT   "this is a wildcard"
        *.example.               3600     MX    10 host1.example.
        sub.*.example.           3600     TXT   "this is not a wildcard"
        host1.example.           3600     A     192.0.2.1
        _ssh._tcp.host1.example. 3600     SRV   0 0 22 host1.example.
        _ssh._tcp.host2.example. 3600     SRV   0 0 22 host2.example.
        subdel.example.          3600     NS    ns.example.com.
        subdel.example.          3600     NS    ns.example.net.
        """;

    private const string OtherZone = """
        $ORIGIN zone.test.
        @ 300 SOA ns admin 1 2 3 4 60
        @ NS ns
        ns A 192.0.2.53
        a CNAME b
        b A 192.0.2.1
        out CNAME www.elsewhere.org.
        one CNAME two
        two CNAME one
        lost CNAME gone
        old DNAME zone.test.
        child NS ns.child
        child DS 1 13 2 00
        ns.child A 192.0.2.54
        ns.child AAAA 2001:db8::54
        """;

    // RFC 4592 §2.2.1: "The following responses would be synthesized", and those that would not.
    [Theory]
    [InlineData("host3.example.", "MX", "NOERROR", "10 host1.example.")]
    [InlineData("host3.example.", "A", "NOERROR", "")]
    [InlineData("foo.bar.example.", "TXT", "NOERROR", "\"this is a wildcard\"")]
    [InlineData("host1.example.", "MX", "NOERROR", "")]
    [InlineData("sub.*.example.", "MX", "NOERROR", "")]
    [InlineData("_telnet._tcp.host1.example.", "SRV", "NXDOMAIN", "")]
    [InlineData("host.subdel.example.", "A", "NOERROR", "")]
    [InlineData("ghost.*.example.", "MX", "NXDOMAIN", "")]
    public void Wildcards_answer_as_in_RFC_4592(string name, string type, string code, string data)
    {
        var answer = Ask(WildcardZone, name, type);
        Assert.Equal(code, answer.ResponseCode.ToText());
        Assert.Equal(data, string.Join('|', answer.Answers.Select(static r => r.Data.ToPresentation())));
        Assert.All(answer.Answers, r => Assert.Equal(DnsName.Parse(name), r.Name));
        Assert.Equal(!name.Contains("subdel", StringComparison.Ordinal), answer.Authoritative);
    }

    [Theory]
    [InlineData("a.zone.test", "A", "NOERROR", "a CNAME b, b A 192.0.2.1", "")]
    [InlineData("a.zone.test", "CNAME", "NOERROR", "a CNAME b", "")]
    [InlineData("b.zone.test", "TXT", "NOERROR", "", "SOA 60")]
    [InlineData("x.zone.test", "A", "NXDOMAIN", "", "SOA 60")]
    [InlineData("lost.zone.test", "A", "NXDOMAIN", "lost CNAME gone", "SOA 60")]
    [InlineData("out.zone.test", "A", "NOERROR", "out CNAME www.elsewhere.org.", "")]
    [InlineData("one.zone.test", "A", "NOERROR", "one CNAME two, two CNAME one", "")]
    [InlineData("b.old.zone.test", "A", "NOERROR", "old DNAME , b.old CNAME b, b A 192.0.2.1", "")]
    [InlineData("www.child.zone.test", "A", "NOERROR", "", "NS 300")]
    [InlineData("child.zone.test", "DS", "NOERROR", "child DS 1 13 2 00", "")]
    [InlineData("zone.test", "AXFR", "REFUSED", "", "")]
    [InlineData("elsewhere.org", "A", "REFUSED", "", "")]
    public void Sections_are_those_of_RFC_1034(string name, string type, string code, string answers, string authorities)
    {
        var answer = Ask(OtherZone, name, type);
        Assert.Equal(code, answer.ResponseCode.ToText());
        Assert.Equal(answers, string.Join(", ", answer.Answers.Select(static r => $"{r.Name} {r.Type.ToText()} {r.Data}".Replace(".zone.test.", "", StringComparison.Ordinal).Replace(".zone.test", "", StringComparison.Ordinal).Replace("zone.test.", "", StringComparison.Ordinal))));
        Assert.Equal(authorities, string.Join(", ", answer.Authorities.Select(static r => $"{r.Type.ToText()} {r.TimeToLive}")));
        if (authorities.StartsWith("NS", StringComparison.Ordinal)) Assert.Equal(["192.0.2.54", "2001:db8::54"], answer.Additionals.Select(static r => r.Data.ToPresentation()));
    }

    [Theory]
    [InlineData(false, "NS")]
    [InlineData(true, "NS, DS")]
    public void A_referral_has_the_DS_for_who_asks_for_DNSSEC(bool dnssecOk, string expected)
    {
        var query = Query("www.child.zone.test", DnsType.A) with { Edns = new DnsEdns(1232, 0, dnssecOk, []) };
        var answer = new AuthoritativeResponder([Zone(OtherZone)]).Respond(query);
        Assert.Equal(expected, string.Join(", ", answer.Authorities.Select(static r => r.Type.ToText())));
    }

    [Fact]
    public void Malformed_queries_and_answers_are_not_believed()
    {
        var responder = new AuthoritativeResponder([Zone(OtherZone)]);
        Assert.Null(responder.Respond([1, 2, 3], overTcp: false));
        var query = Query("b.zone.test", DnsType.A).ToBytes();
        query[2] |= 0x80; // a response is never answered, or two servers answer each other for ever
        Assert.Null(responder.Respond(query, overTcp: false));
        query = Query("b.zone.test", DnsType.A).ToBytes();
        Assert.Equal(DnsResponseCode.FormErr, Read(responder.Respond(query.AsSpan(0, query.Length - 1), overTcp: false)).ResponseCode);
        Assert.Equal(DnsResponseCode.NotImp, responder.Respond(Query("b.zone.test", DnsType.A) with { Opcode = DnsOpcode.Notify }).ResponseCode);
        Assert.Equal(DnsResponseCode.BadVers, responder.Respond(Query("b.zone.test", DnsType.A) with { Edns = new DnsEdns(1232, 1, false, []) }).ResponseCode);
    }

    [Theory]
    [InlineData(null, 512)]
    [InlineData((ushort)800, 800)]
    [InlineData((ushort)65535, 1232)]
    public void What_does_not_fit_is_truncated_over_UDP_and_whole_over_TCP(ushort? size, int limit)
    {
        var big = OtherZone + "\n" + string.Concat(Enumerable.Range(1, 100).Select(static i => $"big A 198.51.100.{i}\n"));
        var responder = new AuthoritativeResponder([Zone(big)]);
        var query = (Query("big.zone.test", DnsType.A) with { Edns = size is { } s ? new DnsEdns(s, 0, false, []) : null }).ToBytes();
        var datagram = responder.Respond(query, overTcp: false);
        Assert.True(Read(datagram).Truncated);
        Assert.InRange(datagram!.Length, 12, limit);
        Assert.Equal(100, Read(responder.Respond(query, overTcp: true)).Answers.Count);
    }

    [Theory]
    [InlineData("a. 1 A 192.0.2.1", "SOA")]
    [InlineData("a. 1 SOA a b 1 2 3 4 5", "NS")]
    [InlineData("a. 1 SOA a b 1 2 3 4 5\na. NS b.\nc. A 192.0.2.1", "not in the zone")]
    [InlineData("a. 1 SOA a b 1 2 3 4 5\na. NS b.\nc.a. A 192.0.2.1\nc.a. CNAME b.", "CNAME")]
    public void What_is_no_zone_is_refused_with_the_reason(string text, string expected)
    {
        Assert.True(DnsZoneText.TryParse(text, DnsName.Root, out var records, out _));
        Assert.False(DnsZone.TryCreate(records, out _, out var reason));
        Assert.Contains(expected, reason, StringComparison.Ordinal);
    }

    private static DnsMessage Ask(string zone, string name, string type)
    {
        Assert.True(DnsMnemonics.TryParseType(type, out var wanted));
        return new AuthoritativeResponder([Zone(zone)]).Respond(Query(name, wanted));
    }

    private static DnsMessage Query(string name, DnsType type) => new() { Id = 7, Questions = [new DnsQuestion(DnsName.Parse(name), type)] };

    private static DnsZone Zone(string text)
    {
        Assert.True(DnsZoneText.TryParse(text, DnsName.Root, out var records, out var error), error?.ToString());
        Assert.True(DnsZone.TryCreate(records, out var zone, out var reason), reason);
        return zone;
    }

    private static DnsMessage Read(byte[]? bytes)
    {
        Assert.True(DnsMessage.TryRead(bytes, out var message, out var error), error.ToString());
        return message;
    }
}
