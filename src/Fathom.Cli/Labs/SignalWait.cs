using Fathom.Lab.Time;

namespace Fathom.Cli.Labs;

/// <summary>A lab that waits for nothing from outside but the signal that ends it.</summary>
internal sealed class SignalWait(CancellationToken interruption) : ILabWait
{
    // A wait handle takes this much at the most, and counts whole milliseconds.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public void Wait(TimeSpan? atMost)
    {
        var left = atMost is { } time && time < Longest ? time : Longest;
        interruption.WaitHandle.WaitOne((int)Math.Ceiling(left.TotalMilliseconds));
    }

    public void TakeIn()
    {
        // The signal is passed on between two events.
    }
}
