using System.Text.RegularExpressions;
using Fathom.EndToEnd.Cases;

namespace Fathom.EndToEnd.Checks;

/// <summary>What every document must fulfil, whatever the verdict.</summary>
internal static partial class ContractAssert
{
    public static void WellFormed(CheckRun run, Privilege privilege)
    {
        var document = run.Document;
        Assert.Equal(Contract.Schema, document.Schema);
        True(run, document.DurationMilliseconds > 0, "the whole takes time");
        True(run, run.Process.Error.Length == 0 || !run.Process.Error.Contains("   at ", StringComparison.Ordinal), "no stack trace");
        StagesAreTheContracts(run);
        FindingsAreTheContracts(run);
        EvidenceExists(run, privilege);
        VerdictIsConsistent(run);
    }

    private static void StagesAreTheContracts(CheckRun run)
    {
        var order = run.Document.Stages.Select(stage => Contract.Stages.ToList().IndexOf(stage.Stage)).ToArray();
        True(run, !order.Contains(-1), "every stage is one of the contract's");
        True(run, order.SequenceEqual(order.Order()), "stages come in the order of the walk");
        foreach (var stage in run.Document.Stages)
        {
            True(run, Contract.StageStatuses.Contains(stage.Status), $"status {stage.Status} of stage {stage.Stage} is one of the contract's");
            True(run, stage.DurationMilliseconds is null or > 0, $"absent means not measured, never 0 ({stage.Stage})");
            True(
                run,
                stage.Status is not ("skipped" or "unknown") || !string.IsNullOrWhiteSpace(stage.Summary),
                $"stage {stage.Stage} is {stage.Status} with the reason");
        }
    }

    private static void FindingsAreTheContracts(CheckRun run)
    {
        foreach (var finding in run.Document.Findings)
        {
            True(run, Contract.IsCause(finding.Cause), $"{finding.Cause} is one of the contract's causes");
            Assert.Contains(finding.Severity, Contract.Severities);
            Assert.Contains(finding.Stage, Contract.Stages);
            True(run, Contract.LayerOf(finding.Cause) == finding.Layer, $"{finding.Cause} belongs to layer {Contract.LayerOf(finding.Cause)}");
            True(
                run,
                finding.Follows is null || run.Document.Findings.Any(other => other.Cause == finding.Follows),
                $"{finding.Cause} follows a finding that is there");
        }
    }

    private static void EvidenceExists(CheckRun run, Privilege privilege)
    {
        var ids = run.Document.EvidenceIds;
        True(run, ids.Distinct().Count() == ids.Count, "evidence ids are unique");
        True(run, ids.All(id => EvidenceId().IsMatch(id)), "evidence ids are packet:N, socket:N or kernel:N");
        True(
            run,
            privilege == Privilege.Root || !ids.Any(id => id.StartsWith("packet:", StringComparison.Ordinal)),
            "who cannot capture shows no packets");
        foreach (var finding in run.Document.Findings)
        {
            True(run, finding.Evidence.Count > 0, $"{finding.Cause} has evidence");
            True(run, finding.Evidence.All(ids.Contains), $"the evidence of {finding.Cause} is in the document");
        }
    }

    private static void VerdictIsConsistent(CheckRun run)
    {
        var verdict = run.Document.Verdict;
        True(run, Contract.VerdictStatuses.Contains(verdict.Status), $"verdict {verdict.Status} is one of the contract's");
        True(run, run.Process.ExitCode == Contract.ExitStatusOf(verdict.Status), $"exit status {run.Process.ExitCode} belongs to {verdict.Status}");
        True(run, !string.IsNullOrWhiteSpace(verdict.Summary), "the verdict has a summary");
        if (verdict.Cause is null)
        {
            True(run, verdict.Status is "works" or "unknown", "only works and unknown have no cause");
            return;
        }

        True(run, Contract.IsCause(verdict.Cause), $"{verdict.Cause} is one of the contract's causes");
        True(run, Contract.LayerOf(verdict.Cause) == verdict.Layer, $"{verdict.Cause} belongs to layer {Contract.LayerOf(verdict.Cause)}");
        True(run, run.Document.Findings.Any(finding => finding.Cause == verdict.Cause && finding.Follows is null), "the root cause is a finding that follows from nothing");
        True(run, verdict.Confidence is "certain" or "likely" or "possible", $"confidence {verdict.Confidence} is one of the contract's");
        True(run, !verdict.RuledOut.Contains(verdict.Cause), "the cause is not ruled out");
        True(run, verdict.Alternatives.All(other => !verdict.RuledOut.Contains(other.Cause)), "an alternative is not ruled out");
        True(
            run,
            verdict.Confidence == "certain" || verdict.Alternatives.Any(other => !string.IsNullOrWhiteSpace(other.NextExperiment)),
            "less than certain comes with alternatives and the next experiment");
        True(run, verdict.Status != "broken" || !string.IsNullOrWhiteSpace(verdict.Fix), "what is broken comes with a fix");
    }

    /// <summary>An assertion whose failure shows the whole run.</summary>
    public static void True(CheckRun run, bool condition, string rule) =>
        Assert.True(condition, $"Violated: {rule}.\n{run}");

    [GeneratedRegex(@"^(packet|socket|kernel):\d+$")]
    private static partial Regex EvidenceId();
}
