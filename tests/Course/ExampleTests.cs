namespace Fathom.Course;

/// <summary>Every example of the course runs, and prints what its transcript says.</summary>
public sealed class ExampleTests
{
    // A file-based program is compiled first; on a busy machine of two cores that takes a while.
    private static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(4);

    // Longer than this does not fit on two screens, and is no example any more.
    private const int MaximumLines = 80;

    public static TheoryData<string> Examples()
    {
        var data = new TheoryData<string>();
        foreach (var file in Subjects.ExampleFiles) data.Add(Path.GetFileNameWithoutExtension(file));
        return data;
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task An_example_prints_its_transcript(string name)
    {
        Sandbox.SkipIfImpossible();
        var program = await BuildAsync(name);

        var result = await Sandbox.RunAsync($"dotnet '{program}'");

        Assert.True(result.ExitCode == 0, result.ToString());
        var expected = await File.ReadAllTextAsync(Subjects.TranscriptOf(name));
        var difference = Transcript.Difference(expected, result.Text);
        Assert.True(difference is null, difference);

        // The same on the operating system, where the example has that: its loopback.
        if (Subjects.RealTranscriptOf(name) is { } real)
        {
            result = await Sandbox.RunAsync($"dotnet '{program}' --real");
            Assert.True(result.ExitCode == 0, result.ToString());
            difference = Transcript.Difference(await File.ReadAllTextAsync(real), result.Text);
            Assert.True(difference is null, "--real: " + difference);
        }

        Subjects.ExampleProven(name);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_is_short_and_says_what_to_take_away(string name)
    {
        var lines = File.ReadAllLines(Path.Combine(Subjects.ExampleFolder, name + ".cs"));
        Assert.InRange(lines.Length, 10, MaximumLines);
        Assert.Contains(lines.Take(20), static l => l.StartsWith("// Take away:", StringComparison.Ordinal));
        Assert.Contains(lines.Take(20), static l => l.StartsWith("// Why it matters:", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_transcript_has_its_example()
        => Assert.Empty(Directory.GetFiles(Path.Combine(Subjects.ExampleFolder, "transcripts"), "*.txt", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension).Except(Subjects.ExampleFiles.Select(Path.GetFileNameWithoutExtension)));

    // Where examples/Directory.Build.props puts it.
    private static async Task<string> BuildAsync(string name)
    {
        var source = Path.Combine(Subjects.ExampleFolder, name + ".cs");
        (await Shell.RunAsync(["dotnet", "build", source, "-c", "Release", "-v", "quiet", "-nologo"], limit: BuildLimit)).OrFail();
        return Path.Combine(FathomBinary.Repository, "artifacts", "examples", name + ".cs", name + ".dll");
    }
}
