using CsCheck;
using Fathom.Wire.Application.Cookies;

namespace Fathom.Wire.Tests.Application.Cookies;

public sealed class CookieDateTests
{
    [Theory]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37")] // RFC 9110 §5.6.7: the three forms
    [InlineData("Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37")]
    [InlineData("Sun Nov  6 08:49:37 1994", "1994-11-06T08:49:37")]
    [InlineData("1 jan 69 0:0:0", "2069-01-01T00:00:00")]
    [InlineData("1 jan 70 0:0:0", "1970-01-01T00:00:00")]
    [InlineData("29 feb 2000 0:0:0", "2000-02-29T00:00:00")]
    [InlineData("1 JANUARY 1601 23:59:59x", "1601-01-01T23:59:59")]
    public void ReadsDates(string text, string expected)
    {
        Assert.True(CookieDate.TryParse(text, out var date));
        Assert.Equal(expected, date.ToString("yyyy-MM-ddTHH:mm:ss"));
        Assert.Equal(TimeSpan.Zero, date.Offset);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1 jan 2000")] // no time
    [InlineData("jan 2000 0:0:0")]
    [InlineData("1 2000 0:0:0")]
    [InlineData("1 jan 0:0:0")]
    [InlineData("29 feb 1900 0:0:0")]
    [InlineData("31 apr 2000 0:0:0")]
    [InlineData("0 jan 2000 0:0:0")]
    [InlineData("32 jan 2000 0:0:0")]
    [InlineData("1 jan 1600 0:0:0")]
    [InlineData("1 jan 2000 24:0:0")]
    [InlineData("1 jan 2000 0:60:0")]
    [InlineData("1 jan 2000 0:0:60")]
    [InlineData("1 jan 2000 0:0")]
    [InlineData("1 jan 20000 0:0:0")]
    [InlineData("100 jan 2000 0:0:0")]
    public void RefusesWhatIsNoDate(string text) => Assert.False(CookieDate.TryParse(text, out _));

    [Fact]
    public void NoTextThrows() => Gen.Char["0123456789: ,-janfebDECgmt\0é"].Array[0, 40].Sample(text => CookieDate.TryParse(text, out _) | true);
}
