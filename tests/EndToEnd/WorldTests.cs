using System.Text.RegularExpressions;
using Fathom.EndToEnd.Cases;
using Fathom.EndToEnd.Worlds;

namespace Fathom.EndToEnd;

/// <summary>
/// The world itself under test: with tools that are not ours (curl, dig, ping, traceroute, ip), each case's fault is
/// really there, and gone again after the case. Without this a wrong verdict could be the world's fault.
/// </summary>
public abstract class WorldTests(CaseWorld world)
{
    private static readonly TimeSpan PatternLimit = TimeSpan.FromSeconds(5);

    protected async Task AssertWitnessedAsync(string name)
    {
        Requirements.SkipWithoutWitnesses();
        var row = CaseGroup.Find(name);

        var seen = await world.WithFaultAsync(row, here => here.ExecuteAsync(Node.Client, row.Witness.Command));

        Assert.True(row.Witness.ExitCode is null || row.Witness.ExitCode == seen.ExitCode, $"Expected exit status {row.Witness.ExitCode}:\n{seen}");
        Assert.True(Regex.IsMatch(seen.Text, row.Witness.Pattern, RegexOptions.Singleline, PatternLimit), $"Expected /{row.Witness.Pattern}/:\n{seen}");
        await AssertHealedAsync();
    }

    // Both families, name included: what the next case begins with.
    private async Task AssertHealedAsync()
    {
        var here = await world.GetAsync();
        await here.ResetAsync();
        var healthy = await here.ExecuteAsync(
            Node.Client, $"curl -4 -sS -m 5 https://{Names.Www}/ && curl -6 -sS -m 5 https://{Names.Www}/ && ping -c 1 -W 2 {Topology.ServerV4}");
        Assert.True(healthy.ExitCode == 0, $"The fault was not taken off:\n{healthy}");
    }

    private static TheoryData<string> NamesOf(IReadOnlyList<FaultCase> rows) => [.. rows.Select(row => row.Name)];

    public sealed class NearSide(CaseWorld world) : WorldTests(world), IClassFixture<CaseWorld>
    {
        public static TheoryData<string> Rows => NamesOf(CaseGroup.NearSide);

        [Theory]
        [MemberData(nameof(Rows))]
        public Task The_fault_shows_and_heals(string name) => AssertWitnessedAsync(name);
    }

    public sealed class Path(CaseWorld world) : WorldTests(world), IClassFixture<CaseWorld>
    {
        public static TheoryData<string> Rows => NamesOf(CaseGroup.Path);

        [Theory]
        [MemberData(nameof(Rows))]
        public Task The_fault_shows_and_heals(string name) => AssertWitnessedAsync(name);
    }

    public sealed class Transport(CaseWorld world) : WorldTests(world), IClassFixture<CaseWorld>
    {
        public static TheoryData<string> Rows => NamesOf(CaseGroup.Transport);

        [Theory]
        [MemberData(nameof(Rows))]
        public Task The_fault_shows_and_heals(string name) => AssertWitnessedAsync(name);
    }

    public sealed class NamesAndTls(CaseWorld world) : WorldTests(world), IClassFixture<CaseWorld>
    {
        public static TheoryData<string> Rows => NamesOf(CaseGroup.NamesAndTls);

        [Theory]
        [MemberData(nameof(Rows))]
        public Task The_fault_shows_and_heals(string name) => AssertWitnessedAsync(name);
    }

    public sealed class Web(CaseWorld world) : WorldTests(world), IClassFixture<CaseWorld>
    {
        public static TheoryData<string> Rows => NamesOf(CaseGroup.Web);

        [Theory]
        [MemberData(nameof(Rows))]
        public Task The_fault_shows_and_heals(string name) => AssertWitnessedAsync(name);
    }
}
