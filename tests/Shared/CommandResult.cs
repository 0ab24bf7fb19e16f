namespace Fathom.Testing;

/// <summary>What a finished process left behind.</summary>
internal sealed record CommandResult(string Command, int ExitCode, string Output, string Error, TimeSpan Elapsed)
{
    /// <summary>Both streams, for a pattern that does not care which one a tool writes to.</summary>
    public string Text => Output + Error;

    /// <summary>Returns this result, or fails with everything that is known about the command.</summary>
    public CommandResult OrFail() =>
        ExitCode == 0 ? this : throw new InvalidOperationException(ToString());

    public override string ToString() =>
        $"""
        {Command}
        exit status {ExitCode} after {Elapsed.TotalSeconds:F1} s
        {Output}{Error}
        """;
}
