using CsCheck;
using Fathom.Wire.Link;

namespace Fathom.Wire.Tests.Link;

public class MacAddressTests
{
    [Theory]
    [InlineData("02:00:00:00:00:0a", "02:00:00:00:00:0a")]
    [InlineData("FF-FF-FF-FF-FF-FF", "ff:ff:ff:ff:ff:ff")]
    public void Text_has_six_groups(string text, string canonical)
    {
        Assert.True(MacAddress.TryParse(text, out var address));
        Assert.Equal(canonical, address.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("02:00:00:00:00")]
    [InlineData("02:00:00:00:00:0")]
    [InlineData("02:00:00-00:00:0a")]
    [InlineData("02.00.00.00.00.0a")]
    [InlineData("0200.0000.000a")]
    [InlineData("02:00:00:00:00:0g")]
    [InlineData("02:00:00:00:00: a")]
    [InlineData("02:00:00:00:00:0a ")]
    [InlineData("+2:00:00:00:00:0a")]
    public void Text_of_any_other_form_is_refused(string text) => Assert.False(MacAddress.TryParse(text, out _));

    [Fact]
    public void Any_address_comes_back_from_octets_and_text() => Gen.Byte.Array[6].Sample(bytes =>
    {
        var address = MacAddress.FromBytes(bytes);
        var written = new byte[6];
        address.WriteTo(written);
        return written.AsSpan().SequenceEqual(bytes) && MacAddress.TryParse(address.ToString(), out var again) && again == address
            && MacAddress.FromValue(address.Value) == address;
    }, iter: 5_000);

    [Fact]
    public void The_first_octet_has_the_group_and_local_bits()
    {
        Assert.True(MacAddress.Broadcast.IsGroup);
        Assert.True(MacAddress.FromBytes([2, 0, 0, 0, 0, 0]).IsLocal);
        Assert.False(MacAddress.FromBytes([2, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]).IsGroup);
        Assert.False(MacAddress.FromBytes([1, 0, 0, 0, 0, 0]).IsLocal);
    }

    [Fact]
    public void More_than_48_bits_are_misuse() => Assert.Throws<ArgumentOutOfRangeException>(() => MacAddress.FromValue(1UL << 48));
}
