using Fathom.Lab.Time;

namespace Fathom.Cli.Labs.Live;

/// <summary>Waits as <see cref="SignalWait"/> does, and lets a picture be redrawn now and then meanwhile.</summary>
internal sealed class LiveWait(Action redraw, CancellationToken interruption) : ILabWait
{
    // What an eye takes for motion, and a terminal takes easily.
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(100);

    private readonly SignalWait _inner = new(interruption);
    private long _drawn;

    public void Wait(TimeSpan? atMost) => _inner.Wait(atMost is { } time && time < Frame ? time : Frame);

    public void TakeIn()
    {
        if (_drawn != 0 && TimeProvider.System.GetElapsedTime(_drawn) < Frame) return;
        _drawn = TimeProvider.System.GetTimestamp();
        redraw();
    }
}
