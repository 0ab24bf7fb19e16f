using System.Text;
using CsCheck;
using Fathom.Wire.Application.Dns;

namespace Fathom.Wire.Tests.Application.Dns;

public sealed class DnsNameTests
{
    private static readonly string Label63 = new('a', 63);

    private static readonly Gen<DnsName> Names = Gen.Byte.Array[1, 63].Array[0, 10].Select(labels =>
    {
        var name = DnsName.Root;
        foreach (var label in labels)
        {
            if (name.TryPrepend(label, out var longer)) name = longer;
        }

        return name;
    });

    [Theory]
    [InlineData(".", ".", 0, 1)]
    [InlineData("example.com", "example.com", 2, 13)]
    [InlineData("example.com.", "example.com", 2, 13)]
    [InlineData("ExAmPle.COM", "ExAmPle.COM", 2, 13)]
    [InlineData(@"a\.b.c", @"a\.b.c", 2, 7)]
    [InlineData(@"a\\.c", @"a\\.c", 2, 6)]
    [InlineData(@"a\.", @"a\.", 1, 4)]
    [InlineData(@"a\\.", @"a\\", 1, 4)]
    [InlineData(@"\065\000\255", @"A\000\255", 1, 5)]
    [InlineData(@"Donald\032E\.\032Eastlake\0323rd.example", @"Donald\032E\.\032Eastlake\0323rd.example", 2, 32)] // RFC 4343 §2.1
    [InlineData(@"_443._tcp.www", "_443._tcp.www", 3, 15)]
    [InlineData("a@b;c$d(e)\"f", "a\\@b\\;c\\$d\\(e\\)\\\"f", 1, 14)]
    public void ParsesMasterFileText(string text, string shown, int labels, int length)
    {
        Assert.True(DnsName.TryParse(text, out var name, out var reason));
        Assert.Equal("", reason);
        Assert.Equal(shown, name.ToString());
        Assert.Equal(labels, name.LabelCount);
        Assert.Equal(length, name.WireLength);
        Assert.Equal(name, DnsName.Parse(name.ToAbsoluteString()));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData(".a", "begins with a dot")]
    [InlineData("..", "begins with a dot")]
    [InlineData("a..b", "label is empty")]
    [InlineData("a..", "label is empty")]
    [InlineData("a\\", "backslash")]
    [InlineData(@"a\25", "three digits")]
    [InlineData(@"a\256", "greater than 255")]
    [InlineData(@"a\1x2", "three digits")]
    [InlineData("müller.example", "IDNA")]
    [InlineData("a b", "space")]
    [InlineData("a\x1B[0m", "control")]
    public void RefusesWithTheReason(string text, string reason)
    {
        Assert.False(DnsName.TryParse(text, out var name, out var why));
        Assert.Null(name);
        Assert.Contains(reason, why, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => DnsName.Parse(text));
    }

    [Fact]
    public void ALabelHas63Octets()
    {
        Assert.True(DnsName.TryParse(Label63, out _, out _));
        Assert.False(DnsName.TryParse(Label63 + "a", out _, out var reason));
        Assert.Contains("63", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(61, true)] // 3 × 64 + 62 + 1 = 255
    [InlineData(62, false)]
    public void ANameHas255Octets(int lastLabel, bool fits)
    {
        var text = $"{Label63}.{Label63}.{Label63}.{new string('b', lastLabel)}";
        Assert.Equal(fits, DnsName.TryParse(text, out var name, out var reason));
        Assert.Equal(fits, DnsName.TryParse(text + ".", out _, out _));
        if (fits) Assert.Equal(255, name!.WireLength);
        else Assert.Contains("255", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(127, true)]
    [InlineData(128, false)]
    public void ANameHas127Labels(int labels, bool fits)
        => Assert.Equal(fits, DnsName.TryParse(string.Join('.', Enumerable.Repeat("x", labels)), out _, out _));

    [Fact]
    public void IgnoresAsciiCaseOnly()
    {
        var lower = DnsName.Parse(@"example.com\195\164");
        var upper = DnsName.Parse(@"EXAMPLE.cOm\195\164");
        Assert.Equal(lower, upper);
        Assert.Equal(lower.GetHashCode(), upper.GetHashCode());
        Assert.False(lower.EqualsExactly(upper));
        Assert.NotEqual(lower, DnsName.Parse(@"example.com\195\132")); // RFC 4343 §3: octets above 127 have no case
        Assert.NotEqual(DnsName.Parse("a[b"), DnsName.Parse("a{b")); // 0x5B and 0x7B differ by the case bit, and are no letters
        Assert.NotEqual(DnsName.Parse(@"a\.b"), DnsName.Parse("a.b"));
    }

    [Theory]
    [InlineData("www.example.com", "example.com", true)]
    [InlineData("www.EXAMPLE.com", "example.COM", true)]
    [InlineData("example.com", "example.com", true)]
    [InlineData("example.com", ".", true)]
    [InlineData("badexample.com", "example.com", false)]
    [InlineData("com", "example.com", false)]
    [InlineData(@"www\.example.com", "example.com", false)]
    public void KnowsItsAncestors(string name, string other, bool expected)
        => Assert.Equal(expected, DnsName.Parse(name).IsSubdomainOf(DnsName.Parse(other)));

    [Fact]
    public void WalksUpToTheRoot()
    {
        var walk = new List<string>();
        for (var name = DnsName.Parse("a.b.c"); name is not null; name = name.Parent) walk.Add(name.ToString());
        Assert.Equal(["a.b.c", "b.c", "c", "."], walk);
    }

    [Fact]
    public void SortsAsDnssecDoes()
    {
        // RFC 4034 §6.1, the example.
        string[] expected = ["example", "a.example", "yljkjljk.a.example", "Z.a.example", "zABC.a.EXAMPLE", "z.example", @"\001.z.example", "*.z.example", @"\200.z.example"];
        var names = expected.Reverse().Select(text => DnsName.Parse(text)).Order().Select(name => name.ToString());
        Assert.Equal(expected, names);
    }

    [Fact]
    public void TextAndBackIsTheSameName() => Names.Sample(name =>
    {
        var text = name.ToString();
        return text.All(c => c is >= '!' and <= '~') && DnsName.Parse(text).EqualsExactly(name)
            && DnsName.TryReadWire(name.Wire, out var read) && read.EqualsExactly(name);
    });

    [Fact]
    public void LabelsComeOutAsTheyWentIn()
    {
        var name = DnsName.Parse("one.two.three");
        Assert.Equal("two", Encoding.ASCII.GetString(name.Label(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => name.Label(3).Length);
    }
}
