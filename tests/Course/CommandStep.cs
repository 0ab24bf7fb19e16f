using System.Globalization;

namespace Fathom.Course;

/// <summary>One command of a transcript, what it prints, and its exit status.</summary>
/// <param name="Command">The line for bash.</param>
/// <param name="Output">What is expected, in the form of <see cref="Transcript"/>.</param>
/// <param name="Status">The exit status: 0, or N from a last line "[exit N]".</param>
internal sealed record CommandStep(string Command, string Output, int Status)
{
    private const string Prompt = "$ ";

    /// <summary>
    /// Reads a transcript: "$ command" (a trailing backslash continues it), then its output until the next "$ " line. Lines
    /// before the first command are for the reader.
    /// </summary>
    public static IReadOnlyList<CommandStep> Read(IReadOnlyList<string> lines)
    {
        var steps = new List<CommandStep>();
        for (var i = 0; i < lines.Count;)
        {
            if (!lines[i].StartsWith(Prompt, StringComparison.Ordinal))
            {
                i++;
                continue;
            }

            var command = lines[i++][Prompt.Length..];
            while (command.EndsWith('\\') && i < lines.Count) command += "\n" + lines[i++];
            var output = new List<string>();
            var status = 0;
            for (; i < lines.Count && !lines[i].StartsWith(Prompt, StringComparison.Ordinal); i++)
            {
                if (lines[i].StartsWith("[exit ", StringComparison.Ordinal)) status = int.Parse(lines[i].AsSpan(6).TrimEnd(']'), CultureInfo.InvariantCulture);
                else output.Add(lines[i]);
            }

            steps.Add(new CommandStep(command, string.Join('\n', output), status));
        }

        return steps;
    }
}
