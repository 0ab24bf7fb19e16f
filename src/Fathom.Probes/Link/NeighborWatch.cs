using System.Runtime.CompilerServices;
using Fathom.Hosts;
using Fathom.Hosts.Link;
using Fathom.Wire.Dissection;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Probes.Link;

/// <summary>
/// Watches address resolution on the host's links, and notices when an address moves to another MAC address. Begins with what
/// the host's own table says.
/// </summary>
public sealed class NeighborWatch : IAsyncDisposable
{
    // An attacker may claim any number of addresses; a link has rarely more than a /20 of hosts.
    private const int MostKnown = 65_536;

    private readonly Dictionary<(int Interface, IpAddress Address), MacAddress> _known = [];
    private readonly ICapture _capture;
    private readonly int? _interfaceIndex;

    private NeighborWatch(ICapture capture, int? interfaceIndex)
    {
        _capture = capture;
        _interfaceIndex = interfaceIndex;
    }

    /// <summary>Frames that came faster than they were read, and were lost.</summary>
    public long Dropped => _capture.Dropped;

    /// <summary>Begins to watch; what crosses a link from now on is seen.</summary>
    /// <param name="host">The host.</param>
    /// <param name="interfaceIndex">One interface, or null for all.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public static async ValueTask<HostResult<NeighborWatch>> OpenAsync(INetworkHost host, int? interfaceIndex, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(host);
        // No address: ARP and ICMPv6 only.
        var opened = await host.OpenCaptureAsync(new CaptureOptions { Addresses = [], SnapLength = 256 }, cancellation);
        if (!opened.TryGet(out var capture, out var refusal)) return refusal;
        var watch = new NeighborWatch(capture, interfaceIndex);
        if ((await host.GetNeighborsAsync(cancellation)).TryGet(out var table, out _))
        {
            foreach (var entry in table)
            {
                if (entry.HardwareAddress is { } mac && entry.State != NeighborState.NoArp) watch._known[(entry.InterfaceIndex, entry.Address.WithZone(0))] = mac;
            }
        }

        return watch;
    }

    /// <summary>What crosses the links, as it comes, until cancelled.</summary>
    /// <param name="cancellation">Ends the watch with an <see cref="OperationCanceledException"/>.</param>
    public async IAsyncEnumerable<NeighborSighting> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        do
        {
            while (_capture.TryRead(out var frame))
            {
                if (_interfaceIndex is { } only && frame.InterfaceIndex != only) continue;
                if (PacketFacts.TryRead(frame.LinkType, frame.Bytes.Span, out var facts) && Read(facts, frame) is { } sighting) yield return sighting;
            }
        }
        while (await _capture.WaitAsync(cancellation));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _capture.DisposeAsync();

    private NeighborSighting? Read(in PacketFacts facts, CapturedFrame frame)
    {
        if (facts.IsArp) return ReadArp(facts, frame);
        if (facts.NeighborTarget is not { } target) return null;
        switch ((Icmpv6Type)facts.IcmpType)
        {
            case Icmpv6Type.NeighborSolicitation:
                if (facts.Source.IsUnspecified) return new NeighborSighting(NeighborSightingKind.Probe, null, facts.SourceMac, target, null, frame);
                return Claim(NeighborSightingKind.Question, facts.Source, facts.NeighborMac ?? facts.SourceMac, target, frame);
            case Icmpv6Type.NeighborAdvertisement:
                // To all nodes, an advertisement answers nobody.
                var kind = facts.Destination.IsMulticast ? NeighborSightingKind.Announcement : NeighborSightingKind.Answer;
                return Claim(kind, target, facts.NeighborMac ?? facts.SourceMac, target, frame);
            default:
                return null;
        }
    }

    private NeighborSighting? ReadArp(in PacketFacts facts, CapturedFrame frame)
    {
        if (facts.ArpOperation is not (ArpOperation.Request or ArpOperation.Reply)) return null;
        if (facts.ArpSender.IsUnspecified) return new NeighborSighting(NeighborSightingKind.Probe, null, facts.ArpSenderMac, facts.ArpTarget, null, frame);
        var kind = facts.ArpSender == facts.ArpTarget ? NeighborSightingKind.Announcement
            : facts.ArpOperation == ArpOperation.Request ? NeighborSightingKind.Question
            : NeighborSightingKind.Answer;
        return Claim(kind, facts.ArpSender, facts.ArpSenderMac, facts.ArpTarget, frame);
    }

    private NeighborSighting Claim(NeighborSightingKind kind, IpAddress address, MacAddress mac, IpAddress target, CapturedFrame frame)
    {
        var key = (frame.InterfaceIndex, address.WithZone(0));
        MacAddress? previous = _known.TryGetValue(key, out var known) && known != mac ? known : null;
        if (_known.Count < MostKnown || _known.ContainsKey(key)) _known[key] = mac;
        return new NeighborSighting(kind, address, mac, target, previous, frame);
    }
}
