namespace Fathom.Cli.Labs.Shell;

/// <summary>Where in the lab's time a command was cut.</summary>
/// <param name="InterruptedAt">A signal ended it; null: none did.</param>
/// <param name="HeldAt">The shell went back to a time inside of it: until then it has run, and from there on it goes on beside what follows. Null: it did not.</param>
internal readonly record struct ShellCut(TimeSpan? InterruptedAt, TimeSpan? HeldAt)
{
    /// <summary>It was not.</summary>
    public static ShellCut None => default;
}
