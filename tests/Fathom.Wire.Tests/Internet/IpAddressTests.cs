using System.Net;
using System.Text.Json;
using CsCheck;
using Fathom.Wire.Internet;
using Fathom.Wire.Tests.Dissection;

namespace Fathom.Wire.Tests.Internet;

public class IpAddressTests
{
    [Theory]
    [InlineData("0.0.0.0", 0x0000_0000)]
    [InlineData("127.0.0.1", 0x7F00_0001)]
    [InlineData("192.0.2.255", 0xC000_02FF)]
    [InlineData("255.255.255.255", 0xFFFF_FFFF)]
    public void IPv4_text_is_four_decimal_octets(string text, uint value)
    {
        Assert.True(IpAddress.TryParse(text, out var address));
        Assert.Equal(IpAddress.FromV4(value), address);
        Assert.Equal(text, address.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("127.1")] // inet_aton's short forms
    [InlineData("1.2.3")]
    [InlineData("1.2.3.")]
    [InlineData(".1.2.3")]
    [InlineData("1..2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.256")]
    [InlineData("1.2.3.1000")]
    [InlineData("01.2.3.4")] // octal, for some readers: RFC 6943 §3.1.1
    [InlineData("1.2.3.00")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("+1.2.3.4")]
    [InlineData("1.2.3.-4")]
    [InlineData(" 1.2.3.4")]
    [InlineData("1.2.3.4 ")]
    [InlineData("1.2.3.4\n")]
    [InlineData("1.2.3.4%1")]
    [InlineData("1.2.3.4/24")]
    [InlineData("[1.2.3.4]")]
    [InlineData("1.2.3.４")] // a full-width digit
    [InlineData("2130706433")]
    public void IPv4_text_of_any_other_form_is_refused(string text)
    {
        Assert.False(IpAddress.TryParse(text, out var address));
        Assert.Equal(default, address);
        Assert.Throws<FormatException>(() => IpAddress.Parse(text));
    }

    [Theory] // RFC 4291 §2.2 and RFC 5952 §1, §2, §4: what may be written, and its one canonical form
    [InlineData("ABCD:EF01:2345:6789:ABCD:EF01:2345:6789", "abcd:ef01:2345:6789:abcd:ef01:2345:6789")]
    [InlineData("2001:DB8:0:0:8:800:200C:417A", "2001:db8::8:800:200c:417a")]
    [InlineData("FF01:0:0:0:0:0:0:101", "ff01::101")]
    [InlineData("0:0:0:0:0:0:0:1", "::1")]
    [InlineData("0:0:0:0:0:0:0:0", "::")]
    [InlineData("::", "::")]
    [InlineData("1::", "1::")]
    [InlineData("2001:0db8::0001", "2001:db8::1")]
    [InlineData("2001:db8:0:0:0:0:2:1", "2001:db8::2:1")]
    [InlineData("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1")] // §4.2.2: not for one group
    [InlineData("2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1")]
    [InlineData("2001:0:0:1:0:0:0:1", "2001:0:0:1::1")] // §4.2.3: the longest run
    [InlineData("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1")] // §4.2.3: the first of equals
    [InlineData("1:0:0:2:3:4:5:6", "1::2:3:4:5:6")]
    [InlineData("1:2:3:4:5:6:0:0", "1:2:3:4:5:6::")]
    [InlineData("0:0:3:4:5:6:7:8", "::3:4:5:6:7:8")]
    [InlineData("0:1:0:0:0:0:0:0", "0:1::")]
    [InlineData("::ffff:192.0.2.1", "::ffff:192.0.2.1")] // §5: mapped addresses keep the dotted tail
    [InlineData("::FFFF:129.144.52.38", "::ffff:129.144.52.38")]
    [InlineData("::13.1.68.3", "::d01:4403")]
    [InlineData("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304")]
    [InlineData("64:ff9b::192.0.2.33", "64:ff9b::c000:221")]
    [InlineData("fe80::1%2", "fe80::1%2")]
    [InlineData("::ffff:1.2.3.4%4294967295", "::ffff:1.2.3.4%4294967295")]
    public void IPv6_text_is_read_and_written_canonically(string text, string canonical)
    {
        Assert.True(IpAddress.TryParse(text, out var address));
        Assert.True(address.IsV6);
        Assert.Equal(canonical, address.ToString());
        Assert.Equal(address, IpAddress.Parse(canonical));
    }

    [Theory]
    [InlineData(":")]
    [InlineData(":::")]
    [InlineData("1:::2")]
    [InlineData("1::2::3")]
    [InlineData("::1::")]
    [InlineData(":1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1:2:3:4:5:6:7:8::")]
    [InlineData("::1:2:3:4:5:6:7:8")]
    [InlineData("1:2:3:4::5:6:7:8")] // "::" stands for at least one group
    [InlineData("12345::")]
    [InlineData("::00001")]
    [InlineData("g::")]
    [InlineData("::1.2.3")]
    [InlineData("::1.2.3.256")]
    [InlineData("::01.2.3.4")]
    [InlineData("1.2.3.4::")]
    [InlineData("::1.2.3.4:5")]
    [InlineData("1:2:3:4:5:6:7:1.2.3.4")]
    [InlineData("1:2:3:4:5:1.2.3.4")]
    [InlineData("[::1]")]
    [InlineData("::1/128")]
    [InlineData("::1 ")]
    [InlineData(" ::1")]
    [InlineData("fe80::1%")]
    [InlineData("fe80::1%0")] // RFC 4007 §6: zero is the default zone, which is no zone to name
    [InlineData("fe80::1%01")]
    [InlineData("fe80::1%eth0")]
    [InlineData("fe80::1%-1")]
    [InlineData("fe80::1%4294967296")]
    [InlineData("fe80::1%1%2")]
    [InlineData("%1")]
    public void IPv6_text_of_any_other_form_is_refused(string text) => Assert.False(IpAddress.TryParse(text, out _));

    [Fact]
    public void Text_and_octets_are_those_of_the_platform()
        => Gen.Byte.Array[16].Select(Gen.Int[0, 0xFFFF]).Sample((bytes, zeros) =>
        {
            for (var i = 0; i < 16; i++)
            {
                if ((zeros >> (i / 2) & 1) != 0) bytes[i] = 0;
            }

            var address = IpAddress.FromBytes(bytes);
            return address.ToBytes().AsSpan().SequenceEqual(bytes)
                && IpAddress.Parse(address.ToString()) == address
                && new IPAddress(bytes).Equals(IPAddress.Parse(address.ToString()));
        }, iter: 20_000);

    [Fact]
    public void Any_IPv4_value_comes_back_from_its_text()
        => Gen.UInt.Sample(value => IpAddress.Parse(IpAddress.FromV4(value).ToString()) == IpAddress.FromV4(value), iter: 20_000);

    [Fact]
    public void Any_text_is_read_or_refused_without_an_exception()
        => Gen.Char["0123456789abcdefABCDEF:.%gx/[] "].Array[0, 45].Sample(text =>
        {
            if (IpAddress.TryParse(text, out var address)) Assert.Equal(address, IpAddress.Parse(address.ToString()));
        }, iter: 50_000);

    [Theory]
    [InlineData("ipv4.json", false)]
    [InlineData("ipv6.json", true)]
    public void The_validators_of_json_schema_agree(string file, bool isV6)
    {
        var path = Path.Combine(ConformancePackets.Require(), "..", "url", "json-schema-format", file);
        Assert.SkipUnless(File.Exists(path), $"{file} is not in the shared conformance data.");
        var compared = 0;
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (var test in document.RootElement.EnumerateArray().SelectMany(group => group.GetProperty("tests").EnumerateArray()))
        {
            var data = test.GetProperty("data");
            if (data.ValueKind != JsonValueKind.String) continue;
            var valid = IpAddress.TryParse(data.GetString(), out var address) && address.IsV6 == isV6;
            Assert.True(test.GetProperty("valid").GetBoolean() == valid, $"'{data}': {test.GetProperty("description")}");
            compared++;
        }

        Assert.InRange(compared, 10, int.MaxValue);
    }

    [Theory]
    [InlineData("127.255.0.1", true)]
    [InlineData("126.0.0.1", false)]
    [InlineData("::1", true)]
    [InlineData("::2", false)]
    [InlineData("::ffff:127.0.0.1", false)] // it is an IPv6 address; Unmap asks about the IPv4 one
    public void Loopback(string text, bool expected) => Assert.Equal(expected, IpAddress.Parse(text).IsLoopback);

    [Theory]
    [InlineData("223.255.255.255", false)]
    [InlineData("224.0.0.1", true)]
    [InlineData("239.255.255.255", true)]
    [InlineData("240.0.0.0", false)]
    [InlineData("ff02::1", true)]
    [InlineData("feff::1", false)]
    public void Multicast(string text, bool expected) => Assert.Equal(expected, IpAddress.Parse(text).IsMulticast);

    [Theory]
    [InlineData("169.254.0.0", true)]
    [InlineData("169.255.0.0", false)]
    [InlineData("fe80::", true)]
    [InlineData("febf:ffff::", true)]
    [InlineData("fec0::", false)]
    public void Link_local(string text, bool expected) => Assert.Equal(expected, IpAddress.Parse(text).IsLinkLocal);

    [Theory]
    [InlineData("10.255.255.255", true)]
    [InlineData("11.0.0.0", false)]
    [InlineData("172.15.255.255", false)]
    [InlineData("172.16.0.0", true)]
    [InlineData("172.31.255.255", true)]
    [InlineData("172.32.0.0", false)]
    [InlineData("192.168.0.1", true)]
    [InlineData("192.169.0.1", false)]
    [InlineData("fc00::", true)]
    [InlineData("fdff::1", true)]
    [InlineData("fe00::", false)]
    public void Private(string text, bool expected) => Assert.Equal(expected, IpAddress.Parse(text).IsPrivate);

    [Fact]
    public void A_mapped_address_unmaps_and_others_stay()
    {
        Assert.True(IpAddress.Parse("::ffff:1.2.3.4").IsV4Mapped);
        Assert.Equal(IpAddress.Parse("1.2.3.4"), IpAddress.Parse("::ffff:1.2.3.4").Unmap());
        Assert.False(IpAddress.Parse("::fffe:1.2.3.4").IsV4Mapped);
        Assert.Equal(IpAddress.LoopbackV6, IpAddress.LoopbackV6.Unmap());
        Assert.Equal(IpAddress.LoopbackV4, IpAddress.LoopbackV4.Unmap());
    }

    [Fact]
    public void The_version_and_the_zone_take_part_in_equality()
    {
        Assert.NotEqual(IpAddress.AnyV4, IpAddress.AnyV6);
        Assert.NotEqual(IpAddress.Parse("fe80::1%1"), IpAddress.Parse("fe80::1%2"));
        Assert.Equal(IpAddress.Parse("fe80::1"), IpAddress.Parse("fe80::1%2").WithZone(0));
        Assert.Equal(0u, IpAddress.LoopbackV4.WithZone(3).Zone);
    }

    [Fact]
    public void Order_is_by_version_then_number_then_zone()
    {
        string[] ordered = ["0.0.0.0", "1.2.3.4", "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%1", "fe80::1%2", "ff02::1"];
        var addresses = ordered.Select(text => IpAddress.Parse(text)).ToArray();
        Assert.Equal(addresses, addresses.Reverse().Order());
        Assert.True(addresses[0] < addresses[1] && addresses[3] > addresses[2] && addresses[1] <= addresses[1] && addresses[1] >= addresses[1]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(17)]
    public void Octets_of_another_number_are_misuse(int length) => Assert.Throws<ArgumentException>(() => IpAddress.FromBytes(new byte[length]));
}
