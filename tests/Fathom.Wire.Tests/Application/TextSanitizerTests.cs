using Fathom.Wire.Application;

namespace Fathom.Wire.Tests.Application;

public sealed class TextSanitizerTests
{
    [Theory]
    [InlineData("plain text, café, 日本, 😀", "plain text, café, 日本, 😀")]
    [InlineData("a\x1B[31mred", @"a\x1B[31mred")]
    [InlineData("a\r\nb\tc\0", @"a\x0D\x0Ab\x09c\x00")]
    [InlineData("\x7F\u0080\u009B", @"\x7F\x80\x9B")]
    [InlineData("\u202Egnp.exe\u2066", @"\u{202E}gnp.exe\u{2066}")]
    [InlineData("\u2028\u2029\u200B\uFEFF\u061C", @"\u{2028}\u{2029}\u{200B}\u{FEFF}\u{061C}")]
    [InlineData("soft\u00ADhyphen", @"soft\xADhyphen")]
    [InlineData("tag\U000E0041", @"tag\u{E0041}")]
    [InlineData(@"C:\x1B", @"C:\x1B")]
    [InlineData("", "")]
    public void ShowsWhatATerminalMustNotSee(string text, string expected)
    {
        Assert.Equal(expected, TextSanitizer.Escape(text));
        Assert.Equal(expected, TextSanitizer.Escape(text.AsSpan()));
        Assert.Equal(text == expected, TextSanitizer.IsSafe(text));
        Assert.Equal(expected, TextSanitizer.Escape(expected));
    }

    [Fact]
    public void ShowsLoneSurrogates()
    {
        Assert.Equal(@"a\u{D800}b", TextSanitizer.Escape("a\uD800b"));
        Assert.Equal(@"\u{DC00}\u{D83D}", TextSanitizer.Escape("\uDC00\uD83D"));
    }

    [Fact]
    public void NullIsEmpty() => Assert.Equal("", TextSanitizer.Escape((string?)null));

    [Fact]
    public void ShowsOctets() => Assert.Equal(@"a\x00\x1B~\x7F\xFF", TextSanitizer.EscapeOctets([0x61, 0x00, 0x1B, 0x7E, 0x7F, 0xFF]));
}
