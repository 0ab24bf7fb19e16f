namespace Fathom.EndToEnd.Cases;

/// <summary>
/// The proof, by a tool that is not ours, that the world really shows the fault: a shell command run in the client
/// while the fault is on, the exit status it must have and a pattern that its output must match.
/// </summary>
/// <param name="Command">The command. CLIENT4 and CLIENT6 are set to the client's addresses.</param>
/// <param name="ExitCode">The exit status, or null where any will do.</param>
/// <param name="Pattern">A regular expression; `.` matches a line end.</param>
internal sealed record Witness(string Command, int? ExitCode, string Pattern)
{
    /// <summary>curl's exit status and what it says (verbosely) for a URL. See its manual, EXIT CODES.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="exitCode">The exit status.</param>
    /// <param name="pattern">What it must say.</param>
    /// <param name="seconds">The end of its patience, for what never comes (status 28). Every other end comes by itself, on a busy machine later.</param>
    public static Witness Curl(string url, int exitCode, string pattern = "", int seconds = 20) =>
        new($"curl -sSv -m {seconds} -o /dev/null -w 'status %{{http_code}}\\n' '{url}'", exitCode, pattern);

    /// <summary>The HTTP status that curl gets.</summary>
    public static Witness Status(string url, int status) => Curl(url, 0, $"status {status}");
}
