using Fathom.Cli.Labs;

namespace Fathom.Cli.Tests;

/// <summary>Scenario files as a user names them: what is wrong is told with its place.</summary>
public sealed class ScenarioSourceTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".yaml");

    [Theory]
    [InlineData("http://", "line 2, column 9: target: the host is missing")]
    [InlineData("ftp://bob.example/", "line 2, column 9: target: unknown scheme 'ftp'; expected https, http, tcp, udp or dns")]
    [InlineData("http://bob.example:99999/", "line 2, column 9: target: port '99999' is not a number from 1 to 65535")]
    [InlineData("bob example", "line 2, column 9: target: the target has a space or control character in it")]
    [InlineData("''", "line 2, column 9: target: the target is empty; expected a URL, a host, host:port or an address")]
    public void A_target_that_cannot_be_read_is_refused_with_its_place(string target, string reason)
    {
        File.WriteAllText(_file, $"title: T\ntarget: {target}\nnetworks: {{ lan: }}\nhosts: {{ a: {{ interfaces: {{ eth0: {{ network: lan, addresses: [192.0.2.1/24] }} }} }} }}\n");
        Assert.False(ScenarioSource.TryRead(_file, out _, out var why));
        Assert.Equal($"{_file}: {reason}", why);
    }

    [Fact]
    public void A_target_that_is_inherited_is_none_of_the_files()
    {
        File.WriteAllText(_file, "title: T\nextends: pair\n");
        Assert.True(ScenarioSource.TryRead(_file, out var scenario, out var why), why);
        Assert.Equal(default, scenario.TargetAt);
    }

    // "check --lab cafe" checks the host cafe; who writes that means the scenario.
    [Theory]
    [InlineData("check --lab cafe", "cafe")]
    [InlineData("check --lab FILE", "FILE")]
    [InlineData("check --lab nothing.yaml", null)]
    [InlineData("check --lab=cafe pair", null)]
    [InlineData("check cafe --lab", null)]
    [InlineData("lab run -- check --lab cafe", null)]
    public void A_scenario_that_stands_behind_a_blank_is_seen(string line, string? expected)
    {
        File.WriteAllText(_file, "title: T\n");
        Assert.Equal(expected?.Replace("FILE", _file, StringComparison.Ordinal), LabFlags.FindMisplaced(line.Replace("FILE", _file, StringComparison.Ordinal).Split(' ')));
    }

    public void Dispose() => File.Delete(_file);
}
