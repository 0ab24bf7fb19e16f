using System.Diagnostics.CodeAnalysis;

namespace Fathom.Stack.Buffers;

/// <summary>
/// Packets that wait, linked through themselves: a queue takes no memory of its own, and who takes a packet touches nothing but the packet. A packet is in one queue at most. A field of it
/// must not be readonly.
/// </summary>
internal struct PacketQueue
{
    private PacketBuffer? _first;
    private PacketBuffer? _last;

    /// <summary>Packets in it.</summary>
    public int Count { get; private set; }

    /// <summary>The first, or null.</summary>
    public readonly PacketBuffer? First => _first;

    /// <summary>The last, or null.</summary>
    public readonly PacketBuffer? Last => _last;

    /// <summary>Puts a packet behind the others.</summary>
    public void Add(PacketBuffer packet)
    {
        if (_last is { } last)
        {
            last.Next = packet;
            packet.Previous = last;
        }
        else
        {
            _first = packet;
        }

        _last = packet;
        Count++;
    }

    /// <summary>Puts a packet behind those whose time is not later: of those for the same moment the one that was added first comes first.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="at">Its time; all in the queue have one.</param>
    public void Add(PacketBuffer packet, TimeSpan at)
    {
        packet.At = at;
        if (_last is null || _last.At <= at) Add(packet);
        else InsertBefore(_last, packet);
    }

    /// <summary>Takes the first.</summary>
    /// <returns>False if there is none.</returns>
    public bool TryTake([NotNullWhen(true)] out PacketBuffer? packet)
    {
        packet = _first;
        if (packet is null) return false;
        Count--;
        if (packet.Next is { } next)
        {
            // The first packet's Previous means nothing: the next one need not be touched.
            _first = next;
            packet.Next = null;
        }
        else
        {
            _first = _last = null;
        }

        packet.Previous = null;
        return true;
    }

    // A packet overtakes one, and perhaps others in front of it.
    private void InsertBefore(PacketBuffer overtaken, PacketBuffer packet)
    {
        while (overtaken != _first && overtaken.Previous!.At > packet.At) overtaken = overtaken.Previous;
        if (overtaken == _first)
        {
            _first = packet;
        }
        else
        {
            packet.Previous = overtaken.Previous;
            packet.Previous!.Next = packet;
        }

        packet.Next = overtaken;
        overtaken.Previous = packet;
        Count++;
    }
}
