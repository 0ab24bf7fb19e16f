using Fathom.Diagnosis;
using Fathom.Diagnosis.Targets;

namespace Fathom.Cli.Check;

/// <summary>A parsed command line of <c>fathom check</c>.</summary>
/// <param name="Targets">The targets named on the command line; empty where they come from stdin.</param>
/// <param name="FromStandardInput">Read targets from stdin too.</param>
/// <param name="Options">How to check.</param>
/// <param name="Output">How results are written.</param>
/// <param name="FailOn">What makes the exit status 1.</param>
/// <param name="PcapFile">Where captured packets are saved, or null.</param>
internal sealed record CheckRequest(
    IReadOnlyList<CheckTarget> Targets,
    bool FromStandardInput,
    CheckOptions Options,
    OutputFormat Output,
    FailOn FailOn,
    string? PcapFile);
