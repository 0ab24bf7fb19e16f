using Fathom.Cli.Labs;
using Fathom.Diagnosis;
using Fathom.Diagnosis.Targets;
using Fathom.Lab.Scenarios;

namespace Fathom.Cli.Tests;

/// <summary>
/// The same seed gives the same packets in this build as in those that wrote tests/Determinism/hashes.txt, TLS in them. Whoever changes what hosts or scenarios send writes the list anew:
/// tests/Determinism/run.sh.
/// </summary>
public class LabHashesTests
{
    [Fact]
    public void The_default_internet_has_the_hashes_of_the_list()
    {
        var scenario = BuiltInScenarios.Get(BuiltInScenarios.Default);
        Assert.True(CheckTargetParser.TryParse(scenario.Target!, out var target, out var reason), reason);
        Assert.Equal("https://www.example.com/", scenario.Target);
        var expected = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "hashes.txt")).Select(static line => line.Split(' ')).Where(static words => words[0] != "all").Take(5).ToList();
        Assert.Equal(["1", "2", "3", "4", "5"], expected.Select(static words => words[0]));
        foreach (var words in expected)
        {
            var (hash, verdict) = LabHashes.Of(scenario, target, ulong.Parse(words[0], System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal(VerdictStatus.Works, verdict);
            Assert.True(words[1] == hash, $"seed {words[0]}: {hash}, and the list has {words[1]}; if packets were meant to change, tests/Determinism/run.sh writes it anew");
        }
    }
}
