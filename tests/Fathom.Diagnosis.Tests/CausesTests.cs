using System.Reflection;

namespace Fathom.Diagnosis.Tests;

/// <summary>The ids against the published contract.</summary>
public class CausesTests
{
    [Fact]
    public void Ids_and_layers_are_those_of_the_contract()
    {
        var contract = Contract();
        var ours = typeof(Causes).GetFields(BindingFlags.Public | BindingFlags.Static).Where(static f => f.IsLiteral).Select(static f => (string)f.GetRawConstantValue()!).ToArray();
        Assert.Empty(contract.Keys.Except(ours));
        foreach (var (id, layer) in contract) Assert.Equal(layer, Causes.LayerOf(id).ToString().ToLowerInvariant());
    }

    [Fact]
    public void An_id_outside_the_contract_has_no_layer() => Assert.Throws<ArgumentException>(static () => Causes.LayerOf("weather.rain"));

    [Fact]
    public void Every_id_is_explained_once_and_in_order()
    {
        var ours = typeof(Causes).GetFields(BindingFlags.Public | BindingFlags.Static).Where(static f => f.IsLiteral).Select(static f => (string)f.GetRawConstantValue()!).ToArray();
        Assert.Equal(ours, CauseGlossary.All.Select(static e => e.Cause));
        Assert.All(CauseGlossary.All, static e =>
        {
            Assert.EndsWith(".", e.When, StringComparison.Ordinal);
            Assert.True(e.Try.Length > 10, e.Cause);
            Assert.Same(e, CauseGlossary.Find(e.Cause.ToUpperInvariant()));
        });
    }

    private static Dictionary<string, string> Contract()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Fathom.slnx"))) continue;
            var file = Path.Combine(folder.FullName, "docs", "check-contract.md");
            var causes = new Dictionary<string, string>();
            foreach (var line in File.ReadLines(file).Where(static l => l.StartsWith("| `", StringComparison.Ordinal)))
            {
                var cells = line.Split('|', StringSplitOptions.TrimEntries);
                var ids = cells[1].Split(',', StringSplitOptions.TrimEntries).Select(static c => c.Trim('`')).ToArray();
                var layers = cells[2].Split(',', StringSplitOptions.TrimEntries);
                for (var i = 0; i < ids.Length; i++) causes[ids[i]] = layers[Math.Min(i, layers.Length - 1)];
            }

            Assert.NotEmpty(causes);
            return causes;
        }

        throw new InvalidOperationException("Fathom.slnx is in no folder above the tests.");
    }
}
