using CsCheck;
using Fathom.Wire.Link;

namespace Fathom.Wire.Tests.Link;

public class MacAddressTextTests
{
    [Theory]
    [InlineData("00:00:5e:00:53:01", MacNotation.Colon, 12)]
    [InlineData("00-00-5E-00-53-01", MacNotation.Hyphen, 12)]
    [InlineData("0000.5e00.5301", MacNotation.Dot, 12)]
    [InlineData("00005E005301", MacNotation.Bare, 12)]
    public void All_notations_are_one_address(string text, MacNotation notation, int digits)
    {
        Assert.True(MacAddressText.TryParse(text, out var address, out var read, out var found, out _));
        Assert.Equal((0x00005E005301ul, digits, notation), (address.Value, read, found));
    }

    [Theory]
    [InlineData("", AddressErrorKind.Empty, 0)]
    [InlineData("00:00:5e:00:53", AddressErrorKind.TooFewParts, 14)]
    [InlineData("00:00:5e:00:53:01:02", AddressErrorKind.TooManyParts, 18)]
    [InlineData("00:00-5e:00:53:01", AddressErrorKind.IllegalCharacter, 5)]
    [InlineData("00::5e:00:53:01", AddressErrorKind.EmptyPart, 3)]
    [InlineData("0:00:5e:00:53:01", AddressErrorKind.TooFewParts, 1)]
    [InlineData("00:00:5e:00:53:0g", AddressErrorKind.IllegalCharacter, 16)]
    [InlineData("00005e0053012", AddressErrorKind.TooManyParts, 12)]
    [InlineData("00:00:5e:00:53:01:", AddressErrorKind.EmptyPart, 17)]
    public void The_fault_is_named_with_its_place(string text, AddressErrorKind kind, int position)
    {
        Assert.False(MacAddressText.TryParse(text, out _, out _, out _, out var error));
        Assert.Equal((kind, position), (error.Kind, error.Position));
    }

    [Fact]
    public void Text_in_any_notation_comes_back() => Gen.Select(Gen.Byte.Array[6], Gen.Enum<MacNotation>()).Sample(static (bytes, notation) =>
        MacAddressText.TryParse(MacAddress.FromBytes(bytes).ToText(notation), out var again, out _, out var found, out _) && again == MacAddress.FromBytes(bytes) && found == notation, iter: 5_000);
}
