using Fathom.Lab.Scenarios;

namespace Fathom.Lab.Tests;

/// <summary>Scenario files: what is wrong is told with its place.</summary>
public class ScenarioReaderTests
{
    private const string Good = """
        title: T
        target: http://192.0.2.2/
        networks:
          lan: { delay: 1ms }
        hosts:
          a:
            interfaces:
              eth0: { network: lan, addresses: [192.0.2.1/24] }
          b:
            interfaces:
              eth0: { network: lan, addresses: [192.0.2.2/24] }
        """;

    public static TheoryData<string> Names() => [.. BuiltInScenarios.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_built_in_scenario_is_read_and_comes_to_life(string name)
    {
        using var world = LabWorld.Create(BuiltInScenarios.Get(name));
        Assert.Equal(world.Scenario.Hosts.Count, world.Lab.Hosts.Count);
    }

    [Fact]
    public void A_good_file_is_read()
    {
        Assert.True(ScenarioReader.TryRead(Good, out var scenario, out var error), error?.ToString());
        Assert.Equal(("a", TimeSpan.FromMilliseconds(1)), (scenario.From, scenario.Networks[0].Cable.Delay));
    }

    [Theory]
    [InlineData("delay: 1ms", "delay: 1", 4, "expected a time with its unit")]
    [InlineData("delay: 1ms", "dealy: 1ms", 4, "'dealy' is not known here")]
    [InlineData("delay: 1ms", "loss: 120%", 4, "0% to 100%")]
    [InlineData("network: lan, addresses: [192.0.2.2/24]", "network: wan, addresses: [192.0.2.2/24]", 9, "no network 'wan'")]
    [InlineData("192.0.2.1/24", "192.0.2.1", 8, "with the length of its prefix")]
    [InlineData("192.0.2.1/24", "192.0.2.1/33", 8, "with the length of its prefix")]
    [InlineData("title: T", "titel: T", 1, "'titel' is not known here")]
    [InlineData("title: T", "title: T\nfrom: c", 0, "no host 'c'")]
    [InlineData("title: T", "title: [", 0, "not closed")]
    [InlineData("  b:", "  b c:", 9, "letters, digits and hyphens")]
    [InlineData("network: lan, addresses: [192.0.2.2/24]", "addresses: [192.0.2.2/24]", 9, "plugged in nowhere")]
    public void A_bad_one_is_refused_with_its_line(string good, string bad, int line, string reason)
    {
        Assert.Contains(good, Good, StringComparison.Ordinal);
        Assert.False(ScenarioReader.TryRead(Good.Replace(good, bad, StringComparison.Ordinal), out _, out var error));
        Assert.Equal(line, error.Line);
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("[]")]
    [InlineData("title: T\n---\ntitle: T")]
    [InlineData("&a [*a]")]
    [InlineData("hosts: {a: {interfaces: {x: [[[[[]]]]]}}}")]
    public void Nonsense_is_refused_without_an_exception(string text) => Assert.False(ScenarioReader.TryRead(text, out _, out _));
}
