using Fathom.Lab.Time;

namespace Fathom.Cli.Labs.Live;

/// <summary>A lab that is looked at waits for its time, for whoever wakes it, and no longer than until its picture is to be drawn again.</summary>
internal sealed class LiveWait : ILabWait
{
    private readonly object _gate = new();
    private bool _isAwake;

    /// <summary>Ends a wait, the next one if there is none now. From any thread.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            _isAwake = true;
            Monitor.Pulse(_gate);
        }
    }

    public void Wait(TimeSpan? atMost)
    {
        var left = atMost is { } time && time < LiveScreen.Frame ? time : LiveScreen.Frame;
        lock (_gate)
        {
            // A monitor counts whole milliseconds.
            if (!_isAwake) Monitor.Wait(_gate, (int)Math.Ceiling(left.TotalMilliseconds));
            _isAwake = false;
        }
    }

    public void TakeIn()
    {
        // Signal and words are taken between two events, which there are without a pacer too.
    }
}
