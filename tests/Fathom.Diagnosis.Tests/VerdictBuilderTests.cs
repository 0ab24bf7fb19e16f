using Fathom.Diagnosis.Targets;

namespace Fathom.Diagnosis.Tests;

public class VerdictBuilderTests
{
    private static readonly CheckTarget Target = Parse("https://shop.example/");

    [Fact]
    public void The_earliest_failure_of_the_walk_is_the_root_and_explains_the_rest()
    {
        var (verdict, findings) = VerdictBuilder.Build(Target, [Make(Causes.TcpFiltered, Severity.Fail, Stage.Connect), Make(Causes.RouteMissing, Severity.Fail, Stage.Route)], [], false, null);

        Assert.Equal(VerdictStatus.Broken, verdict.Status);
        Assert.Equal(Causes.RouteMissing, verdict.Root!.Cause);
        Assert.Equal(Causes.RouteMissing, findings[0].Cause);
        Assert.Equal(Causes.RouteMissing, Assert.Single(findings, static f => f.Cause == Causes.TcpFiltered).Follows);
    }

    [Fact]
    public void A_finding_that_already_names_its_cause_keeps_it()
    {
        var follower = Make(Causes.DnsServerDegraded, Severity.Warn, Stage.Dns) with { Follows = Causes.PathLoss };
        var (verdict, findings) = VerdictBuilder.Build(Target, [follower, Make(Causes.PathLoss, Severity.Warn, Stage.Path)], [], true, null);

        Assert.Equal((VerdictStatus.Degraded, Causes.PathLoss), (verdict.Status, verdict.Root!.Cause));
        Assert.Contains(findings, static f => f is { Cause: Causes.DnsServerDegraded, Follows: Causes.PathLoss });
    }

    [Theory]
    [InlineData(Severity.Info, VerdictStatus.Works)]
    [InlineData(Severity.Warn, VerdictStatus.Degraded)]
    public void What_is_no_failure_never_makes_it_broken(Severity severity, VerdictStatus expected)
        => Assert.Equal(expected, VerdictBuilder.Build(Target, [Make(Causes.HttpInsecureHeaders, severity, Stage.Http)], [], true, null).Verdict.Status);

    [Fact]
    public void Not_got_and_nothing_found_is_unknown_with_the_reason()
    {
        var verdict = VerdictBuilder.Build(Target, [], [], false, "no permission").Verdict;
        Assert.Equal((VerdictStatus.Unknown, "no permission"), (verdict.Status, verdict.Summary));
        Assert.Null(verdict.Root);
    }

    [Fact]
    public void Nothing_is_ruled_out_that_was_found_or_is_possible()
    {
        var finding = Make(Causes.PathSilent, Severity.Fail, Stage.Path) with { Alternatives = [new Alternative(Causes.RouteMissing, "look")] };
        StageReport[] stages = [new(Stage.Route, StageStatus.Pass, "via"), new(Stage.Interface, StageStatus.Pass, "up"), new(Stage.Connect, StageStatus.Fail, "no")];

        var ruledOut = VerdictBuilder.Build(Target, [finding], stages, false, null).Verdict.RuledOut;

        Assert.Contains(Causes.LinkDown, ruledOut);
        Assert.DoesNotContain(Causes.RouteMissing, ruledOut);
        Assert.DoesNotContain(Causes.TcpRefused, ruledOut);
    }

    private static Finding Make(string cause, Severity severity, Stage stage) => new(cause, severity, stage, "what was found", ["socket:1"]);

    private static CheckTarget Parse(string text) => CheckTargetParser.TryParse(text, out var target, out var reason) ? target : throw new ArgumentException(reason);
}
