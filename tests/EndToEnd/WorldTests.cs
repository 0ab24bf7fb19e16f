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

        AssertSeen(row.Witness, seen);
        await AssertHealedAsync();
    }

    private static void AssertSeen(Witness witness, CommandResult seen)
    {
        Assert.True(witness.ExitCode is null || witness.ExitCode == seen.ExitCode, $"Expected exit status {witness.ExitCode}:\n{seen}");
        Assert.True(Regex.IsMatch(seen.Text, witness.Pattern, RegexOptions.Singleline, PatternLimit), $"Expected /{witness.Pattern}/:\n{seen}");
    }

    // Both families, name included: what the next case begins with.
    private async Task AssertHealedAsync()
    {
        var here = await world.GetAsync();
        await here.ResetAsync();
        var healthy = await here.ExecuteAsync(
            Node.Client, $"curl -4 -sS -m 20 https://{Names.Www}/ && curl -6 -sS -m 20 https://{Names.Www}/ && ping -c 1 -W 20 {Topology.ServerV4}");
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

    public sealed class Delegations(CaseWorld world) : WorldTests(world), IClassFixture<CaseWorld>
    {
        public static TheoryData<string> Rows => NamesOf(CaseGroup.Delegations);

        [Theory]
        [MemberData(nameof(Rows))]
        public Task The_fault_shows_and_heals(string name) => AssertWitnessedAsync(name);
    }

    public sealed class Portals(CaseWorld world) : WorldTests(world), IClassFixture<CaseWorld>
    {
        public static TheoryData<string> Rows => NamesOf(CaseGroup.Portals);

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

    public sealed class Hard(CaseWorld world) : WorldTests(world), IClassFixture<CaseWorld>
    {
        public static TheoryData<string> Rows => NamesOf(CaseGroup.Hard);

        [Theory]
        [MemberData(nameof(Rows))]
        public Task The_fault_shows_and_heals(string name) => AssertWitnessedAsync(name);
    }

    public sealed class Hostile(CaseWorld world) : WorldTests(world), IClassFixture<CaseWorld>
    {
        private readonly CaseWorld _world = world;

        public static TheoryData<string> Rows => [.. HostileCase.All.Select(row => row.Name)];

        [Theory]
        [MemberData(nameof(Rows))]
        public async Task The_peer_misbehaves_as_told(string name)
        {
            Requirements.SkipWithoutWitnesses();
            var row = HostileCase.All.Single(hostile => hostile.Name == name);
            var here = await _world.GetAsync();
            await here.ResetAsync(row.ResolvConf);

            AssertSeen(row.Witness, await here.ExecuteAsync(Node.Client, row.Witness.Command));
        }
    }
}
