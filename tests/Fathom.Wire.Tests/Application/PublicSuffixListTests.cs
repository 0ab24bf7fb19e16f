using System.Globalization;
using System.Text.RegularExpressions;
using Fathom.Wire.Application;

namespace Fathom.Wire.Tests.Application;

/// <summary>The Public Suffix List against its own checks (psl/test_psl.txt in the pack).</summary>
public sealed partial class PublicSuffixListTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_list_passes_its_own_checks(bool asLabels)
    {
        var passed = 0;
        var wrong = new List<string>();
        foreach (var line in File.ReadAllLines(Conformance.Require("psl", "test_psl.txt")))
        {
            if (Check().Match(line) is not { Success: true } match) continue;
            var (name, expected) = (Argument(match.Groups[1].Value), Argument(match.Groups[2].Value));
            if (asLabels) (name, expected) = (ToALabels(name), ToALabels(expected));
            var found = name is null ? null : PublicSuffixList.Default.RegistrableDomain(name);
            if (found == expected) passed++;
            else wrong.Add($"{line} gave {found ?? "null"}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));

        // 82 by the pack's count, of which four are commented out ("local" is not on the list).
        Assert.Equal(78, passed);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"psl: {passed} passed, {wrong.Count} failed"));
    }

    [Fact]
    public void The_embedded_rules_are_those_of_the_list()
    {
        var rules = File.ReadLines(Conformance.Require("psl", "public_suffix_list.dat")).Select(static l => l.Split(' ')[0].Trim()).Where(static l => l.Length > 0 && !l.StartsWith("//", StringComparison.Ordinal)).ToArray();
        Assert.Equal(10_248, rules.Length);

        // Those with letters outside of ASCII are there twice.
        Assert.Equal(rules.Length + rules.Count(static r => !System.Text.Ascii.IsValid(r)), PublicSuffixList.Default.Count);
        Assert.All(rules.Where(static r => r[0] is not ('*' or '!')), static r => Assert.True(PublicSuffixList.Default.IsPublicSuffix(r), r));
    }

    [Theory]
    [InlineData("www.example.co.uk", "co.uk", "co.uk", false)]
    [InlineData("ada.github.io", "github.io", "github.io", true)]
    [InlineData("a.b.ck", "b.ck", "*.ck", false)]
    [InlineData("www.ck", "ck", "!www.ck", false)]
    [InlineData("nas.home", "home", "*", false)]
    public void The_rule_is_named(string name, string suffix, string rule, bool isPrivate)
    {
        var found = PublicSuffixList.Default.Find(name);
        Assert.Equal((suffix, rule, isPrivate), (found?.Suffix, found?.Rule, found?.IsPrivate));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a..b")]
    [InlineData("192.0.2.1")]
    [InlineData("[2001:db8::1]")]
    [InlineData("2001:db8::1")]
    public void What_is_no_name_has_no_suffix(string name) => Assert.Null(PublicSuffixList.Default.Find(name));

    private static string? Argument(string text) => text == "null" ? null : text.Trim('\'');

    private static string? ToALabels(string? name) => name is null || System.Text.Ascii.IsValid(name) ? name : new IdnMapping().GetAscii(name);

    [GeneratedRegex(@"^checkPublicSuffix\((null|'[^']*'), (null|'[^']*')\);")]
    private static partial Regex Check();
}
