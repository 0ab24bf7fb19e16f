using CsCheck;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Tests.Application.Dns;

public sealed class DnsDataTests
{
    public static TheoryData<DnsType, string, string> Examples() => new()
    {
        { DnsType.A, "C0000201", "192.0.2.1" },
        { DnsType.Aaaa, "20010DB8000000000000000000000001", "2001:db8::1" },
        { DnsType.CName, "0161076578616D706C6500", "a.example." },
        { DnsType.Soa, "026E730001610000000001000000020000000300000004FFFFFFFF", "ns. a. 1 2 3 4 4294967295" },
        { DnsType.Mx, "000000", "0 ." }, // RFC 7505 §3
        { DnsType.Txt, "0361220A00", "\"a\\\"\\010\" \"\"" },
        { DnsType.Srv, "000000050050036F6C64076578616D706C6500", "0 5 80 old.example." },
        { DnsType.Caa, "000569737375656361312E6578616D706C652E6E6574", "0 issue \"ca1.example.net\"" }, // RFC 8659 §4.2
        { DnsType.Caa, "8003746273556E6B6E6F776E", "128 tbs \"Unknown\"" },

        // RFC 4034 §5.4, §2.3 (shortened key), §3.3 (shortened signature), §4.3.
        { DnsType.Ds, "EC4505012BB183AF5F22588179A53B0A98631FAD1A292118", "60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118" },
        { DnsType.DnsKey, "010003050103D22A", "256 3 5 AQPSKg==" },
        { DnsType.RrSig, "0001050300015180" + "3E79BBD7" + "3E522ED7" + "0A52" + "076578616D706C6503636F6D00" + "A09DD9", "A 5 3 86400 20030320130215 20030218130215 2642 example.com. oJ3Z" },
        { DnsType.NSec, "04686F7374076578616D706C6503636F6D00 0006400100000003 041B " + new string('0', 52) + "20", "host.example.com. A MX RRSIG NSEC TYPE1234" },

        // RFC 5155 appendix A, the apex; §4.
        { DnsType.NSec3, "0101000C04AABBCCDD1417 4EB2409FE28BCB4887A1836F957F0A8425E27B000722010000000290".Replace(" ", "", StringComparison.Ordinal), "1 1 12 AABBCCDD 2T7B4G4VSA5SMI47K61MV5BV1A22BOJR NS SOA MX RRSIG DNSKEY NSEC3PARAM" },
        { DnsType.NSec3Param, "0100000C04AABBCCDD", "1 0 12 AABBCCDD" },
        { DnsType.NSec3Param, "0100000000", "1 0 0 -" },
        { DnsType.Tlsa, "030101AB", "3 1 1 AB" },
        { DnsType.SshFp, "0201 123456789ABCDEF67890123456789ABCDEF67890", "2 1 123456789ABCDEF67890123456789ABCDEF67890" }, // RFC 4255 §3.2
        { DnsType.Naptr, "0064000A 0175 074532552B736970 1B215E2E2A24217369703A696E666F406578616D706C652E636F6D21 00", "100 10 \"u\" \"E2U+sip\" \"!^.*$!sip:info@example.com!\" ." }, // RFC 3403 §4.1, as ENUM uses it
        { DnsType.Uri, "000A0001" + "6674703A2F2F61", "10 1 \"ftp://a\"" },
        { DnsType.HInfo, "0752464338343832" + "00", "\"RFC8482\" \"\"" }, // RFC 8482 §4.2
        { DnsType.MInfo, "01610001620000"[..12], "a. b." },

        // RFC 1876 §2 and §4, the example cambridge-net.kei.com: 42 21 54 N 71 06 18 W -24m 30m.
        { DnsType.Loc, "00331613" + "89172DD0" + "70BE15F0" + "00988D20", "42 21 54.000 N 71 6 18.000 W -24.00m 30m 10000m 10m" },
        { DnsType.Loc, "01FF", "\\# 2 01FF" },

        // RFC 9460 appendix D.1 and D.2.
        { DnsType.Https, "0000 03666F6F076578616D706C6503636F6D00", "0 foo.example.com." },
        { DnsType.Svcb, "0001 00", "1 ." },
        { DnsType.Svcb, "0010 03666F6F076578616D706C6503636F6D00 0003 0002 0035", "16 foo.example.com. port=53" },
        { DnsType.Svcb, "0001 03666F6F076578616D706C6503636F6D00 029B 0005 68656C6C6F", "1 foo.example.com. key667=\"hello\"" },
        { DnsType.Svcb, "0001 03666F6F076578616D706C6503636F6D00 029B 0009 68656C6C6FD2716F6F", "1 foo.example.com. key667=\"hello\\210qoo\"" },
        { DnsType.Svcb, "0001 03666F6F076578616D706C6503636F6D00 0006 0020 20010DB8000000000000000000000001 20010DB8000000000000000000530001", "1 foo.example.com. ipv6hint=2001:db8::1,2001:db8::53:1" },
        { DnsType.Svcb, "0010 03666F6F076578616D706C65036F726700 0000 0004 0001 0004 0001 0009 026832 0568332D3139 0004 0004 C0000201", "16 foo.example.org. mandatory=alpn,ipv4hint alpn=\"h2,h3-19\" ipv4hint=192.0.2.1" },
        { DnsType.Svcb, "0010 03666F6F076578616D706C65036F726700 0001 000C 08665C6F6F2C626172 026832", "16 foo.example.org. alpn=\"f\\\\\\\\oo\\\\,bar,h2\"" },
        { (DnsType)65280, "C00C", "\\# 2 C00C" },
        { (DnsType)65280, "", "\\# 0" },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public void WritesThePresentationOfTheRfcs(DnsType type, string hex, string expected)
    {
        var bytes = Hex(hex);
        Assert.True(DnsData.TryRead(type, DnsClass.Internet, bytes, out var data, out var why), why.ToString());
        Assert.Equal(expected, data.ToPresentation());
        Assert.Equal(expected, data.ToString());
        Assert.Equal(bytes, data.ToBytes());
        Assert.True(DnsData.TryRead(type, DnsClass.Internet, bytes, out var again, out _));
        Assert.Equal(data, again);
        Assert.Equal(data.GetHashCode(), again.GetHashCode());
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void EveryTruncationIsReadOrRefused(DnsType type, string hex, string expected)
    {
        var bytes = Hex(hex);
        Assert.NotNull(expected);
        for (var length = 0; length < bytes.Length; length++)
        {
            if (DnsData.TryRead(type, DnsClass.Internet, bytes.AsSpan(0, length), out var data, out var error))
            {
                Assert.True(DnsData.TryRead(type, DnsClass.Internet, data.ToBytes(), out var again, out _));
                Assert.Equal(data, again);
                continue;
            }

            Assert.True(error.IsError);
            Assert.InRange(error.Offset, 0, length + DnsHeader.Length);
        }
    }

    [Theory]
    [InlineData(DnsType.NSec, "00 0001 40 0001 40", WireErrorKind.BadValue)] // window twice
    [InlineData(DnsType.NSec, "00 0101 40 0001 40", WireErrorKind.BadValue)] // windows fall
    [InlineData(DnsType.NSec, "00 0000", WireErrorKind.BadValue)] // empty window
    [InlineData(DnsType.NSec, "00 0021 000000000000000000000000000000000000000000000000000000000000000000", WireErrorKind.BadValue)]
    [InlineData(DnsType.NSec3, "0101000C 00 00", WireErrorKind.BadValue)] // no next hash
    [InlineData(DnsType.Svcb, "0001 00 0003 0002 0035 0001 0003 026832", WireErrorKind.BadValue)] // keys fall
    [InlineData(DnsType.Svcb, "0001 00 0003 0002 0035 0003 0002 0035", WireErrorKind.BadValue)] // key twice
    [InlineData(DnsType.Svcb, "0001 00 0003 0003 0035", WireErrorKind.TooShort)]
    [InlineData(DnsType.Caa, "00 00 61", WireErrorKind.BadValue)] // empty tag
    [InlineData(DnsType.Caa, "00 01 20 61", WireErrorKind.BadValue)] // tag of a space
    [InlineData(DnsType.Uri, "0001 0001", WireErrorKind.BadValue)]
    [InlineData(DnsType.Loc, "00 A3 16 13 89172DD0 70BE15F0 00988D20", WireErrorKind.BadValue)]
    [InlineData(DnsType.Ns, "C00C", WireErrorKind.BadValue)] // a pointer with nothing before it
    [InlineData(DnsType.Ns, "0000", WireErrorKind.BadLength)]
    public void RefusesMalformedData(DnsType type, string hex, WireErrorKind kind)
    {
        Assert.False(DnsData.TryRead(type, DnsClass.Internet, Hex(hex), out _, out var error));
        Assert.Equal(kind, error.Kind);
    }

    [Fact]
    public void ComputesTheKeyTagOfRfc4034()
    {
        // RFC 4034 §5.4: the DNSKEY whose DS says 60485.
        var key = Convert.FromBase64String("AQOeiiR0GOMYkDshWoSKz9XzfwJr1AYtsmx3TGkJaNXVbfi/2pHm822aJ5iI9BMzNXxeYCmZDRD99WYwYqUSdjMmmAphXdvxegXd/M5+X7OrzKBaMbCVdFLUUh6DhweJBjEVv5f2wwjM9XzcnOf+EPbtG9DMBmADjFDc2w/rljwvFw==");
        var data = new DnsData.DnsKey(256, 3, 5, key);
        Assert.Equal(60485, data.KeyTag);
        Assert.True(data.IsZoneKey);
        Assert.False(data.IsSecureEntryPoint);
    }

    [Fact]
    public void ShowsServiceParametersTyped()
    {
        Assert.True(DnsData.TryRead(DnsType.Https, DnsClass.Internet, Hex("0001 00 0001 0006 026832 026833 0003 0002 01BB 0004 0004 C0000201 0006 0010 20010DB8000000000000000000000001"), out var data, out _));
        var svcb = Assert.IsType<DnsData.Svcb>(data);
        Assert.Equal(["h2", "h3"], svcb.Alpn);
        Assert.Equal((ushort?)443, svcb.Port);
        Assert.Equal([IpAddress.FromV4(0xC0000201)], svcb.Ipv4Hints);
        Assert.Equal(["2001:db8::1"], svcb.Ipv6Hints!.Select(static address => address.ToString()));
        Assert.False(svcb.IsAlias);
    }

    [Fact]
    public void AMalformedServiceParameterIsKeptAndShownGenerically()
    {
        Assert.True(DnsData.TryRead(DnsType.Https, DnsClass.Internet, Hex("0001 00 0001 0002 0568 0003 0001 01"), out var data, out _));
        var svcb = Assert.IsType<DnsData.Svcb>(data);
        Assert.Null(svcb.Alpn);
        Assert.Null(svcb.Port);
        Assert.Equal("1 . alpn=\"\\005h\" port=\"\\001\"", svcb.ToPresentation());
    }

    [Fact]
    public void NamesInDataAreEqualWithoutCase()
    {
        Assert.Equal(new DnsData.NSec(DnsName.Parse("A.example"), [DnsType.A, DnsType.Mx]), new DnsData.NSec(DnsName.Parse("a.EXAMPLE"), [DnsType.Mx, DnsType.A]));
        Assert.NotEqual<DnsData>(new DnsData.Ns(DnsName.Root), new DnsData.Ptr(DnsName.Root));
        Assert.NotEqual(new DnsData.Txt(["a"u8.ToArray()]), new DnsData.Txt(["A"u8.ToArray()]));
    }

    [Fact]
    public void ReadsCompressedNamesThatOldSendersWrite()
    {
        // RFC 3597 §4: SRV and NAPTR are decompressed when read, and written whole.
        var bytes = Hex("0001 8000 0001 0001 0000 0000 0161 00 0021 0001 C00C 0021 0001 00000000 0008 0001 0002 0003 C00C");
        Assert.True(DnsMessage.TryRead(bytes, out var message, out _));
        Assert.Equal(new DnsData.Srv(1, 2, 3, DnsName.Parse("a")), message.Answers[0].Data);
        Assert.Equal(bytes.Length + 1, message.ToBytes().Length);
    }

    [Fact]
    public void TextIsCutIntoStrings()
    {
        var text = DnsData.Txt.FromText(new string('x', 300));
        Assert.Equal([255, 45], text.Strings.Select(static part => part.Length));
        Assert.Equal(300, text.JoinedText().Length);
        Assert.Single(DnsData.Txt.FromText("").Strings);
    }

    [Fact]
    public void AnyDataOfAnyTypeIsReadOrRefused()
    {
        DnsType[] types = [.. Enum.GetValues<DnsType>().Where(static type => type != DnsType.Opt)];
        Gen.Select(Gen.Int[0, types.Length - 1], Gen.Byte.Array[0, 60]).Sample((pick, bytes) =>
        {
            if (!DnsData.TryRead(types[pick], DnsClass.Internet, bytes, out var data, out var error)) return error.IsError;
            var text = data.ToPresentation();
            return text.All(static c => c is >= ' ' and <= '~')
                && DnsData.TryRead(types[pick], DnsClass.Internet, data.ToBytes(), out var again, out _) && data.Equals(again);
        });
    }

    [Fact]
    public void EveryTypeHasAName()
    {
        foreach (var type in Enum.GetValues<DnsType>().Where(static type => type != DnsType.Reserved))
        {
            Assert.DoesNotContain("TYPE", type.ToText(), StringComparison.Ordinal);
            Assert.True(DnsMnemonics.TryParseType(type.ToText().ToLowerInvariant(), out var parsed));
            Assert.Equal(type, parsed);
        }

        Assert.True(DnsMnemonics.TryParseType("type65280", out var unknown));
        Assert.Equal("TYPE65280", unknown.ToText());
        Assert.False(DnsMnemonics.TryParseType("TYPE65536", out _));
        Assert.False(DnsMnemonics.TryParseType("NOPE", out _));
        Assert.True(DnsMnemonics.TryParseClass("ch", out var chaos));
        Assert.Equal(DnsClass.Chaos, chaos);
        Assert.Equal("BADCOOKIE", DnsResponseCode.BadCookie.ToText());
        Assert.Equal("RCODE15", ((DnsResponseCode)15).ToText());
    }

    private static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
