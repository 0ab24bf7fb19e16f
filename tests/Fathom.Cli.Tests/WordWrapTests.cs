using Fathom.Cli.Output;

namespace Fathom.Cli.Tests;

/// <summary>Text in lines.</summary>
public class WordWrapTests
{
    [Theory]
    [InlineData("1.0 > one two three four five six seven", 40, new[] { "1.0 > one two three four five six seven" })]
    [InlineData("1.0 > one two three four five six seven", 34, new[] { "1.0 > one two three four five six", "        seven" })]
    [InlineData("1.0 > abcdefghijklmnopqrstuvwxyzabcdef", 30, new[] { "1.0 > abcdefghijklmnopqrstuvwx", "        yzabcdef" })]
    [InlineData("1.0 > one two three four five six seven", 20, new[] { "1.0 > one two three four five six seven" })]
    public void What_does_not_fit_stands_below(string text, int width, string[] lines)
        => Assert.Equal(lines, WordWrap.Hanging(text, head: 6, indent: 8, width));
}
