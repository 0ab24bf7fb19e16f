using Fathom.Wire.Application.Dns;
using Fathom.Wire.Application.Dns.ZoneText;

namespace Fathom.Wire.Tests.Application.Dns.ZoneText;

/// <summary>Master files by RFC 1035 §5 and the RFC of each type.</summary>
public sealed class DnsZoneTextTests
{
    // RFC 1035 §5.3, the example of a master file, its $INCLUDE left out.
    private const string IsiZone = """
        @   IN  SOA     VENERA      Action\.domains (
                                         20     ; SERIAL
                                         7200   ; REFRESH
                                         600    ; RETRY
                                         3600000; EXPIRE
                                         60)    ; MINIMUM

                NS      A.ISI.EDU.
                NS      VENERA
                NS      VAXA
                MX      10      VENERA
                MX      20      VAXA

        A       A       26.3.0.103

        VENERA  A       10.1.0.52
                A       128.9.0.32

        VAXA    A       10.2.0.27
                A       128.9.0.33
        """;

    private static readonly DnsName Isi = DnsName.Parse("ISI.EDU.");

    [Fact]
    public void The_example_of_RFC_1035_is_read()
    {
        Assert.True(DnsZoneText.TryParse(IsiZone, Isi, out var records, out var error), error?.ToString());

        Assert.Equal(11, records.Count);
        var soa = Assert.IsType<DnsData.Soa>(records[0].Data);
        Assert.Equal((DnsName.Parse("venera.isi.edu"), DnsName.Parse(@"action\.domains.isi.edu")), (soa.PrimaryServer, soa.Mailbox));
        Assert.Equal((20u, 7200u, 600u, 3600000u, 60u), (soa.Serial, soa.Refresh, soa.Retry, soa.Expire, soa.Minimum));
        Assert.All(records.Take(6), r => Assert.Equal(Isi, r.Name));
        Assert.Equal("vaxa.ISI.EDU. 60 IN A 128.9.0.33", records[^1].ToString(), ignoreCase: true);
    }

    [Theory]
    [MemberData(nameof(DnsDataTests.Examples), MemberType = typeof(DnsDataTests))]
    public void Text_that_dig_shows_is_read_back_to_the_same_octets(DnsType type, string hex, string text)
    {
        var octets = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        Assert.True(DnsData.TryRead(type, DnsClass.Internet, octets, out var expected, out _));

        Assert.True(DnsZoneText.TryParseRecord($"o.example. 300 IN {type.ToText()} {text}", DnsName.Root, out var record, out var error), error?.ToString());

        Assert.Equal(expected, record.Data);
        Assert.Equal(expected.ToBytes(), record.Data.ToBytes());
    }

    // RFC 9460 appendix D.2, figures 3 to 10: text and the octets it stands for.
    [Theory]
    [InlineData("16 foo.example.com. port=53", "0010 03666f6f076578616d706c6503636f6d00 0003 0002 0035")]
    [InlineData("1 foo.example.com. key667=hello", "0001 03666f6f076578616d706c6503636f6d00 029b 0005 68656c6c6f")]
    [InlineData(@"1 foo.example.com. key667=""hello\210qoo""", "0001 03666f6f076578616d706c6503636f6d00 029b 0009 68656c6c6fd2716f6f")]
    [InlineData(@"1 foo.example.com. ipv6hint=""2001:db8::1,2001:db8::53:1""", "0001 03666f6f076578616d706c6503636f6d00 0006 0020 20010db8000000000000000000000001 20010db8000000000000000000530001")]
    [InlineData("16 foo.example.org. (alpn=h2,h3-19 mandatory=ipv4hint,alpn ipv4hint=192.0.2.1)", "0010 03666f6f076578616d706c65036f726700 0000 0004 0001 0004 0001 0009 02 6832 05 68332d3139 0004 0004 c0000201")]
    [InlineData(@"16 foo.example.org. alpn=""f\\\\oo\\,bar,h2""", "0010 03666f6f076578616d706c65036f726700 0001 000c 08 665c6f6f2c626172 02 6832")]
    [InlineData(@"16 foo.example.org. alpn=f\\\092oo\092,bar,h2", "0010 03666f6f076578616d706c65036f726700 0001 000c 08 665c6f6f2c626172 02 6832")]
    public void Service_bindings_are_those_of_RFC_9460(string text, string hex)
    {
        Assert.True(DnsZoneText.TryParseRecord("example.com. 7200 SVCB " + text, DnsName.Root, out var record, out var error), error?.ToString());
        Assert.Equal(hex.Replace(" ", "", StringComparison.Ordinal), Convert.ToHexStringLower(record.Data.ToBytes()));
    }

    // RFC 1876 §4, the examples; its text is what section 3 makes of them, written out.
    [Theory]
    [InlineData("42 21 54 N 71 06 18 W -24m 30m", "42 21 54.000 N 71 6 18.000 W -24.00m 30m 10000m 10m")]
    [InlineData("42 21 43.952 N 71 5 6.344 W -24m 1m 200m", "42 21 43.952 N 71 5 6.344 W -24.00m 1m 200m 10m")]
    [InlineData("52 14 05 N 00 08 50 E 10m", "52 14 5.000 N 0 8 50.000 E 10.00m 1m 10000m 10m")]
    [InlineData("32 7 19 S 116 2 25 E 10m", "32 7 19.000 S 116 2 25.000 E 10.00m 1m 10000m 10m")]
    [InlineData("42 21 28.764 N 71 00 51.617 W -44m 2000m", "42 21 28.764 N 71 0 51.617 W -44.00m 2000m 10000m 10m")]
    public void Locations_are_those_of_RFC_1876(string text, string full)
    {
        Assert.True(DnsZoneText.TryParseRecord("o. 1 LOC " + text, DnsName.Root, out var record, out var error), error?.ToString());
        Assert.Equal(full, record.Data.ToPresentation());
    }

    [Theory]
    [InlineData("a.example. CLASS32 TYPE731 \\# 6 abcd ( ef 01 23 45 )", "a.example. 60 CLASS32 TYPE731 \\# 6 ABCDEF012345")]
    [InlineData("b.example. HS TYPE62347 \\# 0", "b.example. 60 HS TYPE62347 \\# 0")]
    [InlineData("e.example. IN A \\# 4 0A000001", "e.example. 60 IN A 10.0.0.1")]
    public void Unknown_types_are_those_of_RFC_3597(string line, string expected)
    {
        Assert.True(DnsZoneText.TryParseRecord(line, DnsName.Root, out var record, out var error, 60), error?.ToString());
        Assert.Equal(expected, record.ToString());
    }

    [Theory]
    [InlineData("www A 192.0.2.1", 1, 1, "TTL")]
    [InlineData("$TTL 60\nwww A 192.0.2.256", 2, 7, "IPv4")]
    [InlineData("$TTL 60\nwww AAAA 192.0.2.1", 2, 10, "IPv6")]
    [InlineData("$TTL 60\nwww A 192.0.2.1 extra", 2, 17, "extra")]
    [InlineData("$TTL 60\nwww MX 70000 mail", 2, 8, "65535")]
    [InlineData("$TTL 60\nwww TXT \"open", 2, 10, "quotation mark")]
    [InlineData("$TTL 60\nwww SOA a b ( 1 2 3 4 5", 2, 1, "parenthesis")]
    [InlineData("$TTL 60\nwww A )", 2, 7, "parenthesis")]
    [InlineData("$INCLUDE /etc/passwd", 1, 1, "$INCLUDE")]
    [InlineData("$TTL 60\nwww FOO bar", 2, 5, "FOO")]
    [InlineData("$TTL 60\n a A 192.0.2.1", 2, 2, "blank")]
    [InlineData("$TTL 60\nwww A \\# 3 0A000001", 2, 12, "octets")]
    [InlineData("$TTL 60\nwww A \\# 5 0A00000102", 2, 12, "not of A")]
    [InlineData("$TTL 60\na..b A 192.0.2.1", 2, 1, "two dots")]
    [InlineData("$TTL 60\nwww TXT \"\\300\"", 2, 9, "255")]
    [InlineData("$TTL 60\nwww SVCB 1 . port=1 port=2", 2, 21, "twice")]
    [InlineData("$TTL 60\nwww", 2, 1, "type")]
    public void A_fault_is_named_with_its_place(string text, int line, int column, string reason)
    {
        Assert.False(DnsZoneText.TryParse(text, Isi, out _, out var error));
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
        Assert.Equal((line, column), (error.Line, error.Column));
    }

    [Fact]
    public void The_root_hints_are_13_servers_with_both_families()
    {
        var text = File.ReadAllText(Conformance.Require("dns", "root", "root.hints"));
        Assert.True(DnsZoneText.TryParse(text, DnsName.Root, out var records, out var error), error?.ToString());
        Assert.Equal((13, 13, 13), (Count(DnsType.Ns), Count(DnsType.A), Count(DnsType.Aaaa)));
        int Count(DnsType type) => records.Count(r => r.Type == type);
    }

    [Theory]
    [InlineData("a.b.c.", "c.", "x.y.", "a.b.x.y")]
    [InlineData("a.b.", "b.", ".", "a")]
    public void An_ancestor_is_exchanged_as_DNAME_does(string name, string ancestor, string target, string expected)
    {
        Assert.True(DnsName.Parse(name).TryRebase(DnsName.Parse(ancestor), DnsName.Parse(target), out var result));
        Assert.Equal(expected, result.ToString());
        Assert.False(DnsName.Parse(ancestor).TryRebase(DnsName.Parse(ancestor), DnsName.Parse(target), out _));
    }
}
