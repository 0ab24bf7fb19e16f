using Fathom.EndToEnd.Cases;
using Fathom.EndToEnd.Checks;
using Fathom.EndToEnd.Worlds;

namespace Fathom.EndToEnd;

/// <summary>
/// The proof: on a network where a tool that is not ours has seen the fault (<see cref="WorldTests"/>), `fathom check`
/// names its cause, as root and as an ordinary user, and claims nothing that is not there.
/// </summary>
public abstract class MatrixTests(CaseWorld world, MatrixReport report)
{
    protected async Task AssertNamedAsync(string name, Privilege privilege)
    {
        Requirements.SkipWithoutWorld();
        FathomBinary.SkipIfAbsent();
        var row = CaseGroup.Find(name);

        var run = await world.WithFaultAsync(row, here => world.Fathom(here).CheckAsync(privilege, row.Target));

        report.Record(row, privilege, run.Document);
        VerdictAssert.IsAsExpected(run, row, privilege);
        ContractAssert.WellFormed(run, privilege);
    }

    private static TheoryData<string, Privilege> Cells(IEnumerable<FaultCase> rows, params Privilege[] privileges)
    {
        var cells = new TheoryData<string, Privilege>();
        foreach (var row in rows)
        {
            foreach (var privilege in privileges)
            {
                cells.Add(row.Name, privilege);
            }
        }

        return cells;
    }

    public sealed class NearSide(CaseWorld world, MatrixReport report) : MatrixTests(world, report), IClassFixture<CaseWorld>
    {
        public static TheoryData<string, Privilege> Rows => Cells(CaseGroup.NearSide, Privilege.Root, Privilege.Nobody);

        [Theory]
        [MemberData(nameof(Rows))]
        public Task Fathom_names_the_cause(string name, Privilege privilege) => AssertNamedAsync(name, privilege);
    }

    public sealed class Path(CaseWorld world, MatrixReport report) : MatrixTests(world, report), IClassFixture<CaseWorld>
    {
        // The path is where echo matters: the third column is the system on which everybody may ping.
        public static TheoryData<string, Privilege> Rows =>
            Cells(CaseGroup.Path, Privilege.Root, Privilege.Nobody, Privilege.NobodyWithPing);

        [Theory]
        [MemberData(nameof(Rows))]
        public Task Fathom_names_the_cause(string name, Privilege privilege) => AssertNamedAsync(name, privilege);
    }

    public sealed class Transport(CaseWorld world, MatrixReport report) : MatrixTests(world, report), IClassFixture<CaseWorld>
    {
        public static TheoryData<string, Privilege> Rows => Cells(CaseGroup.Transport, Privilege.Root, Privilege.Nobody);

        [Theory]
        [MemberData(nameof(Rows))]
        public Task Fathom_names_the_cause(string name, Privilege privilege) => AssertNamedAsync(name, privilege);
    }

    public sealed class NamesAndTls(CaseWorld world, MatrixReport report) : MatrixTests(world, report), IClassFixture<CaseWorld>
    {
        public static TheoryData<string, Privilege> Rows => Cells(CaseGroup.NamesAndTls, Privilege.Root, Privilege.Nobody);

        [Theory]
        [MemberData(nameof(Rows))]
        public Task Fathom_names_the_cause(string name, Privilege privilege) => AssertNamedAsync(name, privilege);
    }

    public sealed class Delegations(CaseWorld world, MatrixReport report) : MatrixTests(world, report), IClassFixture<CaseWorld>
    {
        public static TheoryData<string, Privilege> Rows => Cells(CaseGroup.Delegations, Privilege.Root, Privilege.Nobody);

        [Theory]
        [MemberData(nameof(Rows))]
        public Task Fathom_names_the_cause(string name, Privilege privilege) => AssertNamedAsync(name, privilege);
    }

    public sealed class Portals(CaseWorld world, MatrixReport report) : MatrixTests(world, report), IClassFixture<CaseWorld>
    {
        public static TheoryData<string, Privilege> Rows => Cells(CaseGroup.Portals, Privilege.Root, Privilege.Nobody);

        [Theory]
        [MemberData(nameof(Rows))]
        public Task Fathom_names_the_cause(string name, Privilege privilege) => AssertNamedAsync(name, privilege);
    }

    public sealed class Web(CaseWorld world, MatrixReport report) : MatrixTests(world, report), IClassFixture<CaseWorld>
    {
        public static TheoryData<string, Privilege> Rows => Cells(CaseGroup.Web, Privilege.Root, Privilege.Nobody);

        [Theory]
        [MemberData(nameof(Rows))]
        public Task Fathom_names_the_cause(string name, Privilege privilege) => AssertNamedAsync(name, privilege);
    }

    public sealed class Hard(CaseWorld world, MatrixReport report) : MatrixTests(world, report), IClassFixture<CaseWorld>
    {
        public static TheoryData<string, Privilege> Rows => Cells(CaseGroup.Hard, Privilege.Root, Privilege.Nobody);

        [Theory]
        [MemberData(nameof(Rows))]
        public Task Fathom_names_the_cause(string name, Privilege privilege) => AssertNamedAsync(name, privilege);
    }
}
