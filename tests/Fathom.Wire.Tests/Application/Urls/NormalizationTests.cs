using Fathom.Wire.Application.Urls;

namespace Fathom.Wire.Tests.Application.Urls;

/// <summary>
/// Normalization Form C is reached only through IDNA, so it is tested through it: what Unicode's own test file calls equal in NFC
/// must give the same name.
/// </summary>
public sealed class NormalizationTests(ITestOutputHelper output)
{
    // Debian's package unicode-data; an older version of Unicode than the tables' only lacks characters, as normalization is stable.
    private const string File = "/usr/share/unicode/NormalizationTest.txt.bz2";

    [Fact]
    public async Task Sequences_that_are_canonically_equivalent_give_the_same_name()
    {
        Assert.SkipUnless(System.IO.File.Exists(File) && System.IO.File.Exists("/bin/bzcat"), "Debian's packages unicode-data and bzip2 are not here.");
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("bzcat", [File]) { RedirectStandardOutput = true })!;
        var (compared, differing) = (0, new List<string>());
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            // UTS #46 maps U+0345 to a letter before it normalizes.
            if (line.Length == 0 || line[0] is '#' or '@' || line.Contains("0345", StringComparison.Ordinal)) continue;
            var forms = line.Split(';').Take(3).Select(static f => string.Concat(f.Split(' ').Select(static h => char.ConvertFromUtf32(Convert.ToInt32(h, 16))))).ToArray();
            var names = forms.Select(static f => Idna.TryToAscii("a" + f + "a", IdnaOptions.None, out var name, out _) ? name : null).ToArray();
            // NFC and NFD of one sequence are equivalent; the first column is the sequence itself.
            if (names[1] is null && names[2] is null) continue;
            compared++;
            if (names[1] != names[2] || names[0] != names[1]) differing.Add($"{line}: {names[0]} {names[1]} {names[2]}");
        }

        output.WriteLine($"{compared} compared, {differing.Count} differ");
        Assert.Empty(differing.Take(5));
        Assert.InRange(compared, 10_000, int.MaxValue);
    }

    /// <summary>UAX #15, figures 3 to 5, and Hangul: the NFC form of a label is what Punycode encodes.</summary>
    [Theory]
    [InlineData("A\u030A", "\u00E5")]
    [InlineData("\u212B", "\u00E5")]
    [InlineData("o\u0302\u0323", "\u1ED9")]
    [InlineData("\u1112\u1161\u11AB", "\uD55C")]
    [InlineData("s\u0323\u0307", "\u1E69")]
    [InlineData("s\u0307\u0323", "\u1E69")]
    [InlineData("d\u0307\u0323", "\u1E0D\u0307")]
    public void Composition(string text, string composed)
    {
        Assert.True(Idna.TryToAscii(text, IdnaOptions.Url, out var one, out var error), error.ToString());
        Assert.True(Punycode.TryEncode(composed, out var encoded));
        Assert.Equal("xn--" + encoded, one);
        Assert.Equal(composed, Idna.ToUnicode(one, IdnaOptions.Url, out _));
    }
}
