using Fathom.Wire.Dissection;

namespace Fathom.Wire.Tests.Dissection;

/// <summary>What every dissection of the samples has to keep, whole and cut.</summary>
public class LayerSampleTests
{
    public static TheoryData<string> Names => [.. LayerSamples.All().Select(static s => s.Name)];

    private static LayerSample Sample(string name) => LayerSamples.All().Single(s => s.Name == name);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_sample_has_no_fault_and_its_parts_lie_inside_their_option(string name)
    {
        var sample = Sample(name);
        var dissection = Dissector.Dissect(sample.LinkType, sample.Frame);
        Assert.True(dissection.Fault is null, dissection.Summary);
        foreach (var layer in dissection.Layers)
        {
            DissectedField whole = default;
            foreach (var field in layer.Fields)
            {
                var dot = field.Name.IndexOf('.', StringComparison.Ordinal);
                if (dot < 0)
                {
                    whole = field;
                    continue;
                }

                Assert.NotEqual(default, whole);
                Assert.Equal(whole.Name, field.Name[..dot]);
                Assert.InRange(field.BitOffset, whole.BitOffset, whole.BitOffset + whole.BitLength);
                Assert.InRange(field.BitOffset + field.BitLength, field.BitOffset + 1, whole.BitOffset + whole.BitLength);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_cut_shows_only_what_is_there(string name)
    {
        var sample = Sample(name);
        var whole = Fields(sample, sample.Frame.Length);
        for (var length = 0; length < sample.Frame.Length; length++)
        {
            foreach (var field in Fields(sample, length))
            {
                Assert.InRange(field.BitOffset + field.BitLength, 1, 8 * length);
                // A number that is shown of a cut frame is the number of the whole one.
                var same = whole.Where(f => f.Name == field.Name && f.BitOffset == field.BitOffset && f.BitLength == field.BitLength).Take(1);
                Assert.All(same, known => Assert.Equal(known.Number, field.Number));
            }
        }
    }

    private static List<DissectedField> Fields(LayerSample sample, int length)
        => [.. Dissector.Dissect(sample.LinkType, sample.Frame.AsMemory(0, length)).Layers.SelectMany(static l => l.Fields)];
}
