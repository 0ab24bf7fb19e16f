using Fathom.EndToEnd.Worlds;

namespace Fathom.EndToEnd.Checks;

/// <summary>A finished `fathom check --output json`: the process and its document.</summary>
internal sealed record CheckRun(CommandResult Process, CheckDocument Document)
{
    public override string ToString() => Process.ToString();
}
