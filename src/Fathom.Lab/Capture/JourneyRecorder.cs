using Fathom.Lab.Link;
using Fathom.Wire.Link;

namespace Fathom.Lab.Capture;

/// <summary>
/// Follows packets from host to host through a lab, over Ethernet and over lines with one other end: what was one packet on several links is one journey, over routers and address
/// translation.
/// </summary>
public sealed class JourneyRecorder : IDisposable
{
    // Frames that are under way at the same time, with room to spare: further back nobody is looked for.
    private const int Recent = 1024;

    // Packets that routers have and have not passed on: those that were for themselves stay, until there are too many.
    private const int WaitingLimit = 8192;

    private readonly Lab _lab;
    private readonly int _limit;
    private readonly List<Journey> _journeys = [];
    private readonly Queue<JourneyHop> _hops = new();
    private readonly Dictionary<(LabHost Host, ulong Fingerprint), Journey> _waiting = [];

    private int _count;

    /// <summary>Begins to record.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="limit">How many journeys are kept at the most.</param>
    public JourneyRecorder(Lab lab, int limit = 10_000)
    {
        ArgumentNullException.ThrowIfNull(lab);
        _lab = lab;
        _limit = limit;
        lab.FrameSeen += Take;
        lab.FrameDropped += TakeDrop;
    }

    /// <summary>The journeys, in the order of departure.</summary>
    public IReadOnlyList<Journey> Journeys => _journeys;

    /// <summary>Journeys are kept in <see cref="Journeys"/>; false: only as long as they are under way, for who looks at them as they go.</summary>
    public bool KeepsJourneys { get; init; } = true;

    /// <summary>Journeys that were not kept, since there were too many.</summary>
    public int Missed { get; private set; }

    /// <summary>Called for each link that a packet has crossed, with the host that took it; null: nobody looks.</summary>
    public Action<JourneyHop, LabHost>? Arrived { get; set; }

    /// <summary>Called for each packet that a link has dropped; null: nobody looks.</summary>
    public Action<JourneyHop>? Lost { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _lab.FrameSeen -= Take;
        _lab.FrameDropped -= TakeDrop;
    }

    private void Take(LabFrame frame)
    {
        if (frame.Port is not HostPort port) return;
        if (frame.IsOutgoing) Leave(port, frame);
        else Arrive(port, frame);
    }

    private void Leave(HostPort port, LabFrame frame)
    {
        var octets = frame.Octets.ToArray();
        if (!port.Host.Forwards || PacketFingerprint.Of(octets, port.IsEthernet) is not (not 0 and var mark) || !_waiting.Remove((port.Host, mark), out var journey))
        {
            if (_journeys.Count >= _limit)
            {
                Missed++;
                return;
            }

            journey = new Journey(++_count);
            if (KeepsJourneys) _journeys.Add(journey);
        }

        var hop = new JourneyHop(journey, port, frame.At, octets);
        journey.Add(hop);
        _hops.Enqueue(hop);
        if (_hops.Count > Recent) _hops.Dequeue();
    }

    private void Arrive(HostPort port, LabFrame frame)
    {
        // What a switch sends everywhere since it does not know better is for one of them only.
        var isForGroup = false;
        if (port.IsEthernet)
        {
            if (!EthernetFrame.TryRead(frame.Octets.Span, out var view, out _)) return;
            isForGroup = view.Destination.IsGroup;
            if (!isForGroup && view.Destination != port.HardwareAddress) return;
        }

        if (Find(frame.Octets.Span) is not { } hop || hop.From.Host == port.Host) return;
        hop.Arrive(port.Host, frame.At);
        Arrived?.Invoke(hop, port.Host);
        if (!port.Host.Forwards || isForGroup || PacketFingerprint.Of(frame.Octets.Span, port.IsEthernet) is not (not 0 and var mark)) return;
        if (_waiting.Count >= WaitingLimit) _waiting.Clear();
        _waiting[(port.Host, mark)] = hop.Journey;
    }

    private void TakeDrop(LabFrameDrop drop)
    {
        if (Find(drop.Octets.Span) is not { Arrivals.Count: 0 } hop) return;
        hop.Dropped = drop.Reason;
        Lost?.Invoke(hop);
    }

    private JourneyHop? Find(ReadOnlySpan<byte> octets)
    {
        JourneyHop? found = null;
        foreach (var hop in _hops)
        {
            if (hop.Frame.Span.SequenceEqual(octets)) found = hop;
        }

        return found;
    }
}
