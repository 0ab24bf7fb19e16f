namespace Fathom.Course;

/// <summary>The committed table says what is there.</summary>
public sealed class CourseTableTests
{
    [Fact]
    public async Task The_committed_table_names_every_example_and_every_command()
    {
        var committed = await File.ReadAllTextAsync(Path.Combine(FathomBinary.Repository, "docs", "course.md"));

        Assert.True(CourseReport.Table(static (_, _) => true) == committed, "docs/course.md is not the table of a whole run: copy artifacts/course/course.md over it.");
    }

    [Theory]
    [InlineData("1 of 29 examples")]
    public void A_table_counts_only_what_was_proven(string expected)
    {
        var first = Path.GetFileNameWithoutExtension(Subjects.ExampleFiles[0]);

        Assert.Contains(expected, CourseReport.Table((kind, name) => kind == "example" && name == first), StringComparison.Ordinal);
    }
}
