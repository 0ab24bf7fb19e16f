using Fathom.Hosts.Link;
using Fathom.Wire.Internet;

namespace Fathom.Probes.Evidence;

/// <summary>
/// Keeps the captured packets that concern the addresses of the checks under way. One capture serves all checks of a process.
/// Safe for concurrent use.
/// </summary>
/// <param name="capture">A running capture.</param>
/// <param name="sink">Is given every packet that is kept, in order, under the store's lock: to write a capture file. May be null.</param>
public sealed class PacketStore(ICapture capture, Action<RecordedPacket>? sink = null)
{
    // A check sends and receives some hundred packets; a page of some megabytes brings some thousand. With many targets the
    // oldest make room: by then their checks have entered what they name into their own logs.
    private const int MaximumPackets = 20_000;
    private const int DroppedAtOnce = MaximumPackets / 4;

    // Whoever needs evidence reads for himself: the pump only keeps the capture's buffer (4 MiB) from filling up. A wake-up for every
    // packet would take the processor from the probes; in this time 640 Mbit/s fill the buffer.
    private static readonly TimeSpan PumpPause = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly HashSet<IpAddress> _watched = [];
    private readonly List<RecordedPacket> _packets = [];
    private readonly PacketNumbers _numbers = new();

    /// <summary>Keeps the packets of a capture that serves one log only, which numbers them: there may be others beside it.</summary>
    /// <param name="capture">A running capture.</param>
    /// <param name="log">The log that they are entered into.</param>
    internal PacketStore(ICapture capture, EvidenceLog log)
        : this(capture) => _numbers = log.Numbers;

    /// <summary>Keeps packets from and to an address from now on.</summary>
    /// <param name="address">The address.</param>
    public void Watch(IpAddress address)
    {
        lock (_gate) _watched.Add(address.WithZone(0));
    }

    /// <summary>Reads what has been captured, so that the capture's buffer does not fill up.</summary>
    public void Poll()
    {
        lock (_gate) Drain();
    }

    /// <summary>Reads on until the capture ends.</summary>
    /// <param name="time">The host's clock.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task PumpAsync(TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            while (await capture.WaitAsync(cancellation))
            {
                Poll();
                await Task.Delay(PumpPause, time, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Poll();
        }
    }

    /// <summary>The packets kept that match, in order.</summary>
    /// <param name="match">The test.</param>
    public IReadOnlyList<RecordedPacket> Find(Func<RecordedPacket, bool> match)
    {
        ArgumentNullException.ThrowIfNull(match);
        lock (_gate)
        {
            Drain();
            return [.. _packets.Where(match)];
        }
    }

    private void Drain()
    {
        while (capture.TryRead(out var frame))
        {
            if (!RecordedPacket.TryMake(0, frame, out var seen) || !seen.Concerns(_watched)) continue;
            var packet = seen with { Number = _numbers.Next() };
            if (_packets.Count >= MaximumPackets) _packets.RemoveRange(0, DroppedAtOnce);
            _packets.Add(packet);
            sink?.Invoke(packet);
        }
    }
}
