using Fathom.EndToEnd.Cases;

namespace Fathom.EndToEnd.Checks;

/// <summary>That a check named the fault that is there, and none that is not.</summary>
internal static class VerdictAssert
{
    public static void IsAsExpected(CheckRun run, FaultCase row, Privilege privilege)
    {
        var expect = row.Expect;
        var verdict = run.Document.Verdict;
        ContractAssert.True(run, expect.Statuses.Contains(verdict.Status), $"status is {string.Join(" or ", expect.Statuses)} ({row.Name})");
        if (expect.CauseAs(privilege) is { } cause)
        {
            var layer = Contract.LayerOf(cause);
            ContractAssert.True(run, expect.Allows(verdict.Cause, privilege), $"cause is {string.Join(" or ", [cause, .. expect.Or])} ({row.Name})");
            ContractAssert.True(run, expect.Or.Count > 0 || verdict.Layer == layer, $"layer is {layer} ({row.Name})");
            ContractAssert.True(
                run,
                Enum.TryParse<Confidence>(verdict.Confidence, ignoreCase: true, out var confidence) && (expect.ConfidenceAs(privilege) & confidence) != 0,
                $"confidence is {expect.ConfidenceAs(privilege)} ({row.Name})");
        }
        else
        {
            ContractAssert.True(run, verdict.Cause is null || expect.Also.Contains(verdict.Cause), $"no cause but {string.Join(", ", expect.Also)} ({row.Name})");
        }

        foreach (var needed in expect.Finds)
        {
            ContractAssert.True(run, run.Document.Findings.Any(finding => finding.Cause == needed), $"{needed} is found ({row.Name})");
        }

        foreach (var claimed in Claims(run.Document))
        {
            ContractAssert.True(
                run,
                expect.Allows(claimed, privilege) || expect.Also.Contains(claimed),
                $"{claimed} is not claimed, because it is not there ({row.Name})");
        }
    }

    /// <summary>The causes that a document claims as problems in their own right.</summary>
    public static IEnumerable<string> Claims(CheckDocument document) => document.Findings
        .Where(finding => finding.Severity is "fail" or "warn" && finding.Follows is null)
        .Select(finding => finding.Cause);
}
