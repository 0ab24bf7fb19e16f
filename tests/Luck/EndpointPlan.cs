using System.Globalization;

namespace Luck;

/// <summary>What one end of a connection does.</summary>
/// <param name="Octets">Octets that it writes.</param>
/// <param name="WriteSize">Octets of one write, at most.</param>
/// <param name="ReadSize">Octets of one read, at most.</param>
/// <param name="ReadPause">How long it rests after a read; zero: not at all.</param>
/// <param name="Ending">How it finishes.</param>
/// <param name="AbortAt">Octets written and read after which it aborts.</param>
/// <param name="NoDelay">It does not wait to fill segments.</param>
internal sealed record EndpointPlan(long Octets, int WriteSize, int ReadSize, TimeSpan ReadPause, Ending Ending, long AbortAt, bool NoDelay)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Octets} octets by {WriteSize}, reads {ReadSize} every {ReadPause.TotalMilliseconds:0} ms, {Ending}{(Ending == Ending.Abort ? $" at {AbortAt}" : "")}{(NoDelay ? ", no delay" : "")}");
}
