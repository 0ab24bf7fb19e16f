using Fathom.Hosts.Link;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Probes.Evidence;

/// <summary>
/// Keeps the captured packets that concern the addresses of a check, so that a probe's result can name the packets
/// that prove it. Without a capture it finds nothing. Safe for concurrent use.
/// </summary>
/// <param name="capture">A running capture, or null where the host may not capture.</param>
/// <param name="log">Where packets are entered when they are named.</param>
public sealed class PacketRecorder(ICapture? capture, EvidenceLog log)
{
    // A check sends and receives some hundred packets; a page of some megabytes brings some thousand.
    private const int MaximumPackets = 20_000;

    private readonly Lock _gate = new();
    private readonly HashSet<IpAddress> _watched = [];
    private readonly List<RecordedPacket> _packets = [];

    /// <summary>True where packets are captured.</summary>
    public bool IsCapturing => capture is not null;

    /// <summary>Packets that were relevant and did not fit.</summary>
    public long Overflow { get; private set; }

    /// <summary>All packets kept so far, in order; the first has number 1.</summary>
    public IReadOnlyList<RecordedPacket> Packets
    {
        get
        {
            lock (_gate)
            {
                Drain();
                return [.. _packets];
            }
        }
    }

    /// <summary>Keeps packets from and to an address from now on.</summary>
    /// <param name="address">The address.</param>
    public void Watch(IpAddress address)
    {
        if (capture is null) return;
        lock (_gate) _watched.Add(address.WithZone(0));
    }

    /// <summary>Reads what has been captured, so that the capture's buffer does not fill up.</summary>
    public void Poll()
    {
        if (capture is null) return;
        lock (_gate) Drain();
    }

    /// <summary>Enters the packets that match, in order, as evidence.</summary>
    /// <param name="match">The test.</param>
    /// <param name="most">How many at the most; the first and the last are kept where there are more.</param>
    /// <returns>The ids; empty without a capture.</returns>
    public IReadOnlyList<string> Find(Func<RecordedPacket, bool> match, int most = 8)
    {
        ArgumentNullException.ThrowIfNull(match);
        if (capture is null) return [];
        RecordedPacket[] found;
        lock (_gate)
        {
            Drain();
            found = [.. _packets.Where(match)];
        }

        if (found.Length > most) found = [.. found.Take(most - 1), found[^1]];
        return [.. found.Select(p => log.AddPacket(p.Number, p.Summary, p.Frame))];
    }

    /// <summary>The TCP segments between two endpoints, and ICMP errors about them: the handshake comes first.</summary>
    /// <param name="local">This end.</param>
    /// <param name="remote">The other end.</param>
    /// <returns>The ids.</returns>
    public IReadOnlyList<string> FindHandshake(IpEndpoint local, IpEndpoint remote) => Find(p => p.IsOfFlow(6, local, remote), 4);

    /// <summary>The UDP datagrams between two endpoints, and ICMP errors about them.</summary>
    /// <param name="local">This end.</param>
    /// <param name="remote">The other end.</param>
    /// <returns>The ids.</returns>
    public IReadOnlyList<string> FindDatagrams(IpEndpoint local, IpEndpoint remote) => Find(p => p.IsOfFlow(17, local, remote), 4);

    /// <summary>The last TCP segments between two endpoints.</summary>
    /// <param name="local">This end.</param>
    /// <param name="remote">The other end.</param>
    /// <param name="most">How many.</param>
    /// <returns>The ids.</returns>
    public IReadOnlyList<string> FindLast(IpEndpoint local, IpEndpoint remote, int most = 4)
    {
        var all = Packets.Where(p => p.IsOfFlow(6, local, remote)).TakeLast(most);
        return [.. all.Select(p => log.AddPacket(p.Number, p.Summary, p.Frame))];
    }

    /// <summary>ARP and neighbor discovery about an address.</summary>
    /// <param name="address">The address that is asked for.</param>
    /// <returns>The ids.</returns>
    public IReadOnlyList<string> FindResolution(IpAddress address) => Find(p => p.IsResolutionOf(address), 6);

    /// <summary>Echo requests and replies to and from an address, and ICMP errors about packets to it.</summary>
    /// <param name="address">The address.</param>
    /// <returns>The ids.</returns>
    public IReadOnlyList<string> FindIcmp(IpAddress address) => Find(p => p.IsIcmpAbout(address), 6);

    private void Drain()
    {
        while (capture is not null && capture.TryRead(out var frame))
        {
            if (!RecordedPacket.TryMake(_packets.Count + 1, frame, out var packet) || !packet.Concerns(_watched)) continue;
            if (_packets.Count < MaximumPackets) _packets.Add(packet);
            else Overflow++;
        }
    }
}
