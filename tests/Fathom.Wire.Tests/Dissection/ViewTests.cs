namespace Fathom.Wire.Tests.Dissection;

/// <summary>What every view has to keep: its layout, its bounds, its answer to what is cut.</summary>
public class ViewTests
{
    public static TheoryData<string> Names => [.. ViewCases.All().Select(c => c.Name)];

    private static ViewCase Case(string name) => ViewCases.All().Single(c => c.Name == name);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_bit_flipped_in_a_row_changes_that_property_and_no_other(string name)
    {
        var view = Case(name);
        var before = view.Read(view.Sample).Properties!;
        Assert.Equal(view.Layout.Select(row => row.Name).Order(), before.Keys.Order());
        foreach (var row in view.Layout)
        {
            for (var bit = row.BitOffset; bit < row.BitOffset + row.BitLength; bit++)
            {
                var bytes = view.Sample.ToArray();
                bytes[bit / 8] ^= (byte)(0x80 >> (bit % 8));
                var (after, error) = view.Read(bytes);
                if (after is null)
                {
                    Assert.True(view.Structural.Contains(row.Name), $"{row.Name}, bit {bit}: refused: {error}");
                    continue;
                }

                var changed = before.Where(property => !after[property.Key].Equals(property.Value)).Select(property => property.Key);
                Assert.Equal([row.Name], changed);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Rows_follow_each_other_without_gap_and_have_a_clause(string name)
    {
        var next = 0;
        foreach (var row in Case(name).Layout)
        {
            Assert.Equal(next, row.BitOffset);
            Assert.InRange(row.BitLength, 1, 1024); // BOOTP's file name; TLS's random has 256
            Assert.NotEmpty(row.Spec);
            next += row.BitLength;
        }

        Assert.Equal(0, next % 8);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_cut_is_refused_with_what_was_needed_and_what_was_there(string name)
    {
        var view = Case(name);
        for (var length = 0; length < view.MinLength; length++)
        {
            var (properties, error) = view.Read(view.Sample[..length]);
            Assert.True(properties is null, $"{length} of {view.MinLength} octets were accepted");
            Assert.Equal(WireErrorKind.TooShort, error.Kind);
            Assert.True(error.Needed > error.Available, error.ToString());
            Assert.Equal(length, error.Offset + error.Available);
            Assert.NotEmpty(error.Protocol);
            Assert.NotEmpty(error.Detail);
        }

        for (var length = view.MinLength; length <= view.Sample.Length; length++) Assert.NotNull(view.Read(view.Sample[..length]).Properties);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Bytes_behind_the_protocols_own_length_change_nothing(string name)
    {
        var view = Case(name);
        if (!view.HasLength) return;
        var before = view.Read(view.Sample).Properties;
        var after = view.Read([.. view.Sample, 0xFF, 0xFF, 0xFF]).Properties;
        Assert.Equal(before, after);
    }
}
