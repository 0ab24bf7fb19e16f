using System.Text.Json;
using Fathom.Cli.Output;
using Fathom.Diagnosis;
using Fathom.Diagnosis.Targets;
using Fathom.Hosts.Link;
using Fathom.Probes.Evidence;

namespace Fathom.Cli.Tests;

/// <summary>The document against the contract's example.</summary>
public class JsonReportTests
{
    [Fact]
    public void A_broken_verdict_has_the_members_of_the_contract()
    {
        using var document = JsonDocument.Parse(JsonReport.Write(Report(), indented: true, asResult: false));
        var root = document.RootElement;
        Assert.Equal("fathom.check/1", root.GetProperty("schema").GetString());
        Assert.Equal("https://shop.example/", root.GetProperty("target").GetString());
        Assert.Equal("2026-11-23T10:00:00.000Z", root.GetProperty("startedAt").GetString());
        Assert.Equal(182.4, root.GetProperty("durationMilliseconds").GetDouble());
        var verdict = root.GetProperty("verdict");
        Assert.Equal(["status", "layer", "stage", "cause", "confidence", "summary", "fix", "alternatives", "ruledOut"], verdict.EnumerateObject().Select(static p => p.Name));
        Assert.Equal("transport", verdict.GetProperty("layer").GetString());
        Assert.Equal("path.filtered", verdict.GetProperty("alternatives")[0].GetProperty("cause").GetString());
        var finding = root.GetProperty("findings")[0];
        Assert.Equal(JsonValueKind.Null, finding.GetProperty("follows").ValueKind);
        Assert.Equal("packet:17", finding.GetProperty("evidence")[0].GetString());
        var stage = root.GetProperty("stages")[0];
        Assert.Equal(12.1, stage.GetProperty("durationMilliseconds").GetDouble());
        Assert.Equal(3.25, stage.GetProperty("facts").GetProperty("roundTripMilliseconds").GetDouble());
        var evidence = root.GetProperty("evidence")[0];
        Assert.Equal("packet:17", evidence.GetProperty("id").GetString());
        Assert.Equal(["ethernet", "arp"], evidence.GetProperty("layers").EnumerateArray().Select(static l => l.GetProperty("protocol").GetString()));
    }

    [Fact]
    public void A_stage_that_was_not_measured_has_no_duration()
    {
        using var document = JsonDocument.Parse(JsonReport.WriteStage("shop.example", new StageReport(Stage.Tls, StageStatus.Skipped, "not run")));
        Assert.False(document.RootElement.TryGetProperty("durationMilliseconds", out _));
        Assert.Equal("stage", document.RootElement.GetProperty("type").GetString());
    }

    [Fact]
    public void A_result_line_is_one_line()
    {
        var text = JsonReport.Write(Report(), indented: false, asResult: true);
        Assert.DoesNotContain('\n', text);
        Assert.StartsWith("{\"type\":\"result\",\"schema\":\"fathom.check/1\"", text, StringComparison.Ordinal);
    }

    private static CheckReport Report()
    {
        Assert.True(CheckTargetParser.TryParse("https://shop.example/", out var target, out _));
        var start = new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);
        var finding = new Finding(Causes.TcpRefused, Severity.Fail, Stage.Connect, "Nothing listens.", ["packet:17"])
        {
            Fix = "Start the service.",
            Alternatives = [new Alternative(Causes.PathFiltered, "Look at the sender of the RST.")],
        };
        var arp = Convert.FromHexString("ffffffffffff02000000000a08060001080006040001" + "02000000000a" + "c0000201" + "000000000000" + "c0000202");
        var frame = new CapturedFrame(2, "eth0", 1, FrameDirection.Sent, start.AddMilliseconds(41.2), arp.Length, arp);
        return new CheckReport(target, start, TimeSpan.FromMilliseconds(182.4), new Verdict(VerdictStatus.Broken, finding.Summary) { Root = finding, RuledOut = [Causes.LinkDown] }, [finding],
            [new StageReport(Stage.Connect, StageStatus.Fail, "refused") { Duration = TimeSpan.FromMilliseconds(12.1), Facts = [new Fact("roundTripMilliseconds", TimeSpan.FromMilliseconds(3.25))] }],
            [new EvidenceItem("packet:17", TimeSpan.FromMilliseconds(41.2), "ARP", frame)]);
    }
}
