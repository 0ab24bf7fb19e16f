using CsCheck;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Tests.Transport;

public class SequenceNumberTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0xFFFF_FFFF, 0)]
    [InlineData(0xFFFF_FFF0, 0x10)]
    [InlineData(0, 0x7FFF_FFFF)]
    [InlineData(0x8000_0001, 0)]
    public void The_shorter_way_round_tells_which_is_earlier(uint earlier, uint later)
    {
        var (a, b) = (new SequenceNumber(earlier), new SequenceNumber(later));
        Assert.True(a < b && a <= b && b > a && b >= a && a != b);
        Assert.False(b < a || b <= a || a > b || a >= b);
        Assert.Equal(b, SequenceNumber.Max(a, b));
        Assert.Equal(a, SequenceNumber.Min(a, b));
    }

    [Fact]
    public void Numbers_half_way_round_have_no_order() // RFC 1982 §3.2
    {
        var (a, b) = (new SequenceNumber(5), new SequenceNumber(0x8000_0005));
        Assert.False(a < b || b < a || a > b || b > a || a <= b || a >= b);
    }

    [Fact]
    public void What_is_added_is_the_distance() => Gen.Select(Gen.UInt, Gen.UInt[0, 0x7FFF_FFFF]).Sample((start, octets) =>
    {
        var a = new SequenceNumber(start);
        var b = a + octets;
        return b - a == octets && b - octets == a && b.DistanceFrom(a) == (int)octets && a.DistanceFrom(b) == -(int)octets
            && b >= a && (octets == 0) == (a == b) && a.IsInWindow(a, 1) && b.IsInWindow(a, octets + 1) && !b.IsInWindow(a, octets);
    }, iter: 10_000);
}
