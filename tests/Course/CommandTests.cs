using System.Globalization;
using System.Text;

namespace Fathom.Course;

/// <summary>Every command of the course does what its transcript says, on the loopback of a namespace of its own.</summary>
public sealed class CommandTests
{
    private const string Mark = "=-=-=";

    public static TheoryData<string> Scripts()
    {
        var data = new TheoryData<string>();
        foreach (var file in Subjects.CommandFiles) data.Add(Path.GetFileNameWithoutExtension(file));
        return data;
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task A_command_prints_its_transcript(string name)
    {
        Sandbox.SkipIfImpossible();
        FathomBinary.SkipIfAbsent();
        var steps = CommandStep.Read(await File.ReadAllLinesAsync(Path.Combine(Subjects.CommandFolder, name + ".txt")));
        Assert.NotEmpty(steps);
        var script = new StringBuilder();
        foreach (var step in steps)
        {
            // In the background, the mark must not wait for the command.
            script.Append(CultureInfo.InvariantCulture, $"exec 2>&1\n{step.Command}\nprintf '\\n{Mark} %s\\n' $?\n");
        }

        var result = await Sandbox.RunAsync(script.ToString());

        var printed = result.Text.Split("\n" + Mark + " ");
        Assert.True(printed.Length == steps.Count + 1, result.ToString());
        for (var i = 0; i < steps.Count; i++)
        {
            var text = i == 0 ? printed[0] : printed[i][(printed[i].IndexOf('\n', StringComparison.Ordinal) + 1)..];
            var status = printed[i + 1].Split('\n')[0];
            var difference = Transcript.Difference(steps[i].Output, text);
            Assert.True(difference is null, $"$ {steps[i].Command}\n{difference}");
            Assert.True(status == steps[i].Status.ToString(CultureInfo.InvariantCulture), $"$ {steps[i].Command}\nexit status {status}, expected {steps[i].Status}\n{text}");
        }

        Subjects.CommandProven(name);
    }
}
