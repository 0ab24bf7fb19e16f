using Fathom.Stack.Buffers;

namespace Fathom.Lab.Link;

/// <summary>Frames under way in the order of their arrival; of those that arrive together the one sent first comes first.</summary>
internal sealed class FlightQueue
{
    private FlyingFrame[] _ring = [];
    private int _first;
    private int _count;

    public bool IsEmpty => _count == 0;

    /// <summary>When the first arrives.</summary>
    public TimeSpan Next => At(0).At;

    /// <summary>When the last arrives; zero where none is under way.</summary>
    public TimeSpan Last => _count == 0 ? TimeSpan.Zero : At(_count - 1).At;

    public void Add(FlyingFrame frame)
    {
        if (_count == _ring.Length) Grow();
        var place = _count++;

        // Nearly always the last: only what is overtaken goes further back.
        while (place > 0 && At(place - 1).At > frame.At)
        {
            At(place) = At(place - 1);
            place--;
        }

        At(place) = frame;
    }

    public bool TryTakeArrived(TimeSpan now, out PacketBuffer frame)
    {
        frame = null!;
        if (_count == 0 || At(0).At > now) return false;
        frame = At(0).Frame;
        At(0) = default;
        _first = (_first + 1) & (_ring.Length - 1);
        _count--;
        return true;
    }

    private ref FlyingFrame At(int index) => ref _ring[(_first + index) & (_ring.Length - 1)];

    private void Grow()
    {
        var larger = new FlyingFrame[Math.Max(4, _ring.Length * 2)];
        for (var i = 0; i < _count; i++) larger[i] = At(i);
        _ring = larger;
        _first = 0;
    }
}
