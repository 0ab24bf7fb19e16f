using Fathom.Diagnosis;

namespace Fathom.Cli;

/// <summary>What the exit status says (the contract of <c>fathom check</c>).</summary>
internal static class ExitStatus
{
    /// <summary>Works or degraded.</summary>
    public const int Good = 0;

    /// <summary>Broken.</summary>
    public const int Broken = 1;

    /// <summary>The command line was wrong; nothing was sent.</summary>
    public const int Usage = 2;

    /// <summary>Could not be measured.</summary>
    public const int Unknown = 3;

    /// <summary>The status of one report.</summary>
    public static int Of(CheckReport report, FailOn failOn) => report.Verdict.Status switch
    {
        VerdictStatus.Broken => Broken,
        VerdictStatus.Unknown => Unknown,
        VerdictStatus.Degraded when failOn is FailOn.Degraded or FailOn.Warn => Broken,
        _ when failOn == FailOn.Warn && report.Findings.Any(static f => f.Severity >= Severity.Warn) => Broken,
        _ => Good,
    };

    /// <summary>The worse of two: in the order 2, 1, 3, 0.</summary>
    public static int Worst(int one, int other) => Rank(one) >= Rank(other) ? one : other;

    private static int Rank(int status) => status switch { Usage => 3, Broken => 2, Unknown => 1, _ => 0 };
}
