using System.Runtime.ExceptionServices;
using Fathom.Wire.Dissection;

namespace Fathom.Cli.Dissect;

/// <summary>
/// Packets taken apart and written as JSON, in their order, by two threads. They take turns at taking packets apart, which has to be done in order since a
/// packet may end what an earlier one began; and each writes what it has taken apart itself, since what one processor has made costs another one
/// much to look at. Of few packets there is no second thread.
/// </summary>
/// <param name="json">Takes the packets.</param>
/// <param name="packets">The packets; never asked by two threads at a time.</param>
/// <param name="dissector">Takes back what it lent for them, in a turn.</param>
/// <param name="isDrained">Whether the next packet may be long in coming, and those before it are to be written now.</param>
internal sealed class DissectTurns(
    DissectJson json, IEnumerator<(SourcePacket Packet, Dissection Dissection)> packets, CaptureDissector dissector, Func<bool> isDrained)
{
    // Long enough that changing turns costs nothing beside it; short enough that what was taken apart is still in the processor's cache when it is written.
    private const int TurnLength = 64;

    private readonly Lock _turn = new();
    private readonly object _order = new();
    private int _turns;
    private int _written;
    private bool _isEnded;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Runs to the end of the packets.</summary>
    /// <exception cref="IOException">They could not be read or written.</exception>
    public void Run()
    {
        var own = new Share(json.NewPackets());
        Thread? other = null;
        while (TryRound(own))
        {
            if (other is not null || own.Packets.Count < TurnLength) continue;
            other = new Thread(() => RunToEnd(new Share(json.NewPackets()))) { Name = "dissect" };
            other.Start();
        }

        other?.Join();
        _failure?.Throw();
    }

    private void RunToEnd(Share share)
    {
        while (TryRound(share))
        {
        }
    }

    private bool TryRound(Share share)
    {
        try
        {
            if (!TryTakeTurn(share, out var turn, out var isDrained)) return false;
            var isFirst = turn == 0;
            foreach (var (packet, dissection) in share.Packets)
            {
                share.Json.Add(packet, dissection, isFirst);
                isFirst = false;
            }

            Write(share, turn, isDrained);
            return _failure is null;
        }
        catch (Exception e)
        {
            // Whatever it is, the caller's thread meets it, and the other one waits for nothing more.
            lock (_order)
            {
                _failure ??= ExceptionDispatchInfo.Capture(e);
                Monitor.PulseAll(_order);
            }

            return false;
        }
    }

    private bool TryTakeTurn(Share share, out int turn, out bool isDry)
    {
        lock (_turn)
        {
            isDry = false;
            turn = _turns;
            foreach (var (_, dissection) in share.Packets) dissector.TakeBack(dissection);
            share.Packets.Clear();
            while (!_isEnded && !isDry && share.Packets.Count < TurnLength)
            {
                if (!packets.MoveNext())
                {
                    _isEnded = true;
                    break;
                }

                share.Packets.Add(packets.Current);
                isDry = isDrained();
            }

            if (share.Packets.Count == 0) return false;
            _turns++;
            return true;
        }
    }

    private void Write(Share share, int turn, bool isFlushed)
    {
        lock (_order)
        {
            while (_written != turn && _failure is null) Monitor.Wait(_order);
            if (_failure is not null) return;
            json.Write(share.Json);
            if (isFlushed) json.Flush();
            _written++;
            Monitor.PulseAll(_order);
        }
    }

    /// <summary>What one thread has of the work.</summary>
    private sealed class Share(PacketJson json)
    {
        public PacketJson Json => json;

        public List<(SourcePacket Packet, Dissection Dissection)> Packets { get; } = new(TurnLength);
    }
}
