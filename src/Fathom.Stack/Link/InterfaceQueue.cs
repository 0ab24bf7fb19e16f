using System.Diagnostics.CodeAnalysis;
using Fathom.Stack.Buffers;

namespace Fathom.Stack.Link;

/// <summary>A stack's interfaces with frames that wait for the driver, each once, in the order in which the first of them came: a router of many interfaces is not asked for each.</summary>
internal sealed class InterfaceQueue
{
    private NetworkInterface? _first;
    private NetworkInterface? _last;
    private int _full;

    /// <summary>Some interface takes no more frames until the driver has come.</summary>
    public bool IsAnyFull => _full > 0;

    /// <summary>An interface has one more frame.</summary>
    public void NoteAdded(NetworkInterface with)
    {
        if (with.IsFull) _full++;
        if (with.IsListed) return;
        with.IsListed = true;
        if (_last is null) _first = with;
        else _last.NextListed = with;
        _last = with;
    }

    /// <summary>A full one has room again.</summary>
    public void NoteRoom() => _full--;

    /// <summary>Takes a frame of the first interface that has one, all of its frames before the next one's.</summary>
    public bool TryTake([NotNullWhen(true)] out NetworkInterface? through, [NotNullWhen(true)] out PacketBuffer? frame)
    {
        while ((through = _first) is not null)
        {
            if (through.TryTake(out frame)) return true;
            through.IsListed = false;
            _first = through.NextListed;
            if (_first is null) _last = null;
            through.NextListed = null;
        }

        frame = null;
        return false;
    }
}
