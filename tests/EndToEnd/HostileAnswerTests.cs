using System.Text.RegularExpressions;
using Fathom.EndToEnd.Cases;
using Fathom.EndToEnd.Checks;
using Fathom.EndToEnd.Worlds;

namespace Fathom.EndToEnd;

/// <summary>
/// Peers that mean harm: never an exception, never a hang (<see cref="FathomRunner"/> has the time limit and gives the
/// process a small heap), and a limit that the output names.
/// </summary>
public sealed class HostileAnswerTests(CaseWorld world) : IClassFixture<CaseWorld>
{
    private static readonly TimeSpan PatternLimit = TimeSpan.FromSeconds(5);

    public static TheoryData<string> Rows => [.. HostileCase.All.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task The_check_ends_at_a_named_limit(string name)
    {
        Requirements.SkipWithoutWorld();
        FathomBinary.SkipIfAbsent();
        var row = HostileCase.All.Single(hostile => hostile.Name == name);
        var here = await world.GetAsync();
        await here.ResetAsync(row.ResolvConf);

        var run = await world.Fathom(here).CheckAsync(Privilege.Nobody, row.Target);

        ContractAssert.WellFormed(run, Privilege.Nobody);
        ContractAssert.True(run, row.Causes.Contains(run.Document.Verdict.Cause ?? ""), $"the cause is {string.Join(" or ", row.Causes)}");
        ContractAssert.True(run, Regex.IsMatch(Words(run.Document), row.Pattern, RegexOptions.IgnoreCase, PatternLimit), $"the output says /{row.Pattern}/");
    }

    private static string Words(CheckDocument document) => string.Join(
        '\n',
        [document.Verdict.Summary, .. document.Findings.Select(finding => finding.Summary), .. document.Stages.Select(stage => stage.Summary)]);
}
