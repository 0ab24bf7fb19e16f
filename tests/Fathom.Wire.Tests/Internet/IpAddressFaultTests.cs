using CsCheck;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Tests.Internet;

public class IpAddressFaultTests
{
    [Theory]
    [InlineData("", AddressErrorKind.Empty, 0)]
    [InlineData("1.2.3", AddressErrorKind.TooFewParts, 5)]
    [InlineData("1.2.3.4.5", AddressErrorKind.TooManyParts, 8)]
    [InlineData("1..3.4", AddressErrorKind.EmptyPart, 2)]
    [InlineData("1.2.3.", AddressErrorKind.EmptyPart, 6)]
    [InlineData("1.2.3.256", AddressErrorKind.OutOfRange, 6)]
    [InlineData("2130706433", AddressErrorKind.OutOfRange, 0)]
    [InlineData("10.010.1.1", AddressErrorKind.LeadingZero, 3)]
    [InlineData("0x7f.0.0.1", AddressErrorKind.Hexadecimal, 0)]
    [InlineData("1.2.3.4 ", AddressErrorKind.IllegalCharacter, 7)]
    [InlineData("1.2.3.4/24", AddressErrorKind.IllegalCharacter, 7)]
    [InlineData("1.2.3.4%1", AddressErrorKind.IllegalCharacter, 7)]
    [InlineData("[::1]", AddressErrorKind.IllegalCharacter, 0)]
    [InlineData("example", AddressErrorKind.IllegalCharacter, 0)]
    [InlineData("1::2::3", AddressErrorKind.SecondGap, 4)]
    [InlineData("1:2:3:4:5:6:7", AddressErrorKind.TooFewParts, 13)]
    [InlineData("1:2:3:4:5:6:7:8:9", AddressErrorKind.TooManyParts, 16)]
    [InlineData("1:2:3:4::5:6:7:8", AddressErrorKind.GapWithoutRoom, 7)]
    [InlineData("12345::", AddressErrorKind.OutOfRange, 0)]
    [InlineData(":1:2:3:4:5:6:7", AddressErrorKind.EmptyPart, 0)]
    [InlineData("1:2:3:4:5:6:7:", AddressErrorKind.EmptyPart, 14)]
    [InlineData(":::", AddressErrorKind.EmptyPart, 2)]
    [InlineData("::g", AddressErrorKind.IllegalCharacter, 2)]
    [InlineData("::1.2.3.256", AddressErrorKind.OutOfRange, 8)]
    [InlineData("::1.2.3.04", AddressErrorKind.LeadingZero, 8)]
    [InlineData("fe80::1%", AddressErrorKind.Zone, 7)]
    [InlineData("fe80::1%eth0", AddressErrorKind.Zone, 8)]
    [InlineData("fe80::1%0", AddressErrorKind.Zone, 8)]
    [InlineData("fe80::1%4294967296", AddressErrorKind.Zone, 8)]
    public void The_first_fault_is_named_with_its_place(string text, AddressErrorKind kind, int position)
    {
        Assert.False(IpAddress.TryParse(text, out _, out var error));
        Assert.Equal((kind, position), (error.Kind, error.Position));
        Assert.NotEmpty(error.Detail);
    }

    [Theory]
    [InlineData("010.1.1.1", "8 for readers that take it for octal, 10 for others")]
    [InlineData("1.1.1.08", "not octal")]
    public void A_leading_zero_is_explained_by_both_readings(string text, string expected)
    {
        Assert.False(IpAddress.TryParse(text, out _, out var error));
        Assert.Contains(expected, error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_is_refused_has_a_fault_and_whatever_is_read_has_none()
    {
        // Texts near to addresses find more than any characters do.
        var v4 = Part(["0", "1", "255", "256", "010", "", "0x1", "a"]).List[1, 6].Select(static p => string.Join('.', p));
        var v6 = Part(["0", "1", "ffff", "12345", "", "", "1.2.3.4", "g", "1%1", "1%a"]).List[1, 11].Select(static p => string.Join(':', p));
        Gen.OneOf(v4, v6, Gen.String).Sample(static text =>
        {
            var isRead = IpAddress.TryParse(text, out var plain);
            Assert.Equal(isRead, IpAddress.TryParse(text, out var address, out var error));
            Assert.Equal(plain, address);
            Assert.True(isRead != IpAddressFault.Find(text).IsError, $"'{text}': read {isRead}, fault {IpAddressFault.Find(text)}");
            Assert.InRange(error.Position, 0, text.Length);
        }, iter: 50_000);
    }

    private static Gen<string> Part(string[] parts) => Gen.Int[0, parts.Length - 1].Select(i => parts[i]);
}
