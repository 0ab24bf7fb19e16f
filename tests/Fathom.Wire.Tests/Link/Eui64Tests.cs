using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Wire.Tests.Link;

public sealed class Eui64Tests
{
    // RFC 4291 appendix A's example is symbolic; the figures are those of RFC 2464 §4: 34-56-78-9A-BC-DE.
    private const ulong Rfc2464 = 0x3456_78FF_FE9A_BCDE;

    [Theory]
    [InlineData("34:56:78:ff:fe:9a:bc:de")]
    [InlineData("34-56-78-FF-FE-9A-BC-DE")]
    [InlineData("3456.78ff.fe9a.bcde")]
    [InlineData("3456:78ff:fe9a:bcde")]
    [InlineData("345678fffe9abcde")]
    public void EveryNotationIsRead(string text)
    {
        Assert.True(Eui64.TryParse(text, out var value));
        Assert.Equal(Rfc2464, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("34:56:78:9a:bc:de")]
    [InlineData("34:56:78:ff:fe:9a:bc")]
    [InlineData("34:56:78:ff:fe:9a:bc:de:00")]
    [InlineData("34:56:78:ff:fe:9a:bc-de")]
    [InlineData("34:56:78:ff:fe:9a:bc:dg")]
    [InlineData("34.56.78.ff.fe.9a.bc.de")]
    [InlineData("3456-78ff-fe9a-bcde")]
    [InlineData("345678fffe9abcdef")]
    [InlineData("::")]
    public void AnythingElseIsRefused(string text) => Assert.False(Eui64.TryParse(text, out _));

    [Fact]
    public void TheMacInsideIsFoundBothWays()
    {
        Assert.True(Eui64.TryGetMac(Rfc2464, out var mac));
        Assert.Equal("34:56:78:9a:bc:de", mac.ToString());

        // RFC 2464 §4: "36-56-78-FF-FE-9A-BC-DE" is the interface identifier.
        Assert.Equal(0x3656_78FF_FE9A_BCDEUL, InterfaceIdentifier.FromEui64(Rfc2464));
        Assert.True(InterfaceIdentifier.TryGetMac(0x3656_78FF_FE9A_BCDE, out var inside));
        Assert.Equal(mac, inside);
        Assert.Equal("fe80::3656:78ff:fe9a:bcde", InterfaceIdentifier.LinkLocalOf(InterfaceIdentifier.FromEui64(Rfc2464)).ToString());
    }
}
