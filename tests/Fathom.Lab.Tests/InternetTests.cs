using Fathom.Diagnosis;
using Fathom.Diagnosis.Targets;
using Fathom.Lab.Scenarios;
using Fathom.Probes.Evidence;

namespace Fathom.Lab.Tests;

/// <summary>The default internet works, from every host of its home.</summary>
public class InternetTests
{
    [Theory]
    [InlineData("laptop", "https://www.example.com/")]
    [InlineData("phone", "https://www.example.com/")]
    [InlineData("laptop", "http://example.com/")]
    [InlineData("laptop", "dns://192.0.2.53/www.example.com")]
    [InlineData("laptop", "tcp://www.example.com:7")]
    [InlineData("www", "dns://198.51.100.53/www.example.com")]
    [InlineData("printer", "tcp://203.0.113.80:7")]
    public void A_check_finds_nothing_broken(string from, string target)
    {
        using var world = LabWorld.Create(BuiltInScenarios.Get(BuiltInScenarios.Default));
        var host = world.Lab.Find(from)!.Network;
        Assert.True(CheckTargetParser.TryParse(target, out var parsed, out var reason), reason);
        var evidence = new EvidenceLog(world.Lab.Clock);
        var report = world.Lab.Run(() => new Checker(host).CheckAsync(parsed, new CheckOptions(), evidence, new PacketRecorder(null, evidence), null, default), TimeSpan.FromMinutes(5));
        Assert.True(report.Verdict.Status == VerdictStatus.Works, report.Verdict.Summary + "\n" + string.Join('\n', report.Stages.Select(static s => $"{s.Layer} {s.Status} {s.Summary}")));
    }
}
