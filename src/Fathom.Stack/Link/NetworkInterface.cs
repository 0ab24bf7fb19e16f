using System.Diagnostics.CodeAnalysis;
using Fathom.Stack.Buffers;
using Fathom.Stack.Timing;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Stack.Link;

/// <summary>One interface of a stack: the frame port that a driver serves.</summary>
public sealed class NetworkInterface
{
    private PacketQueue _output;
    private readonly PacketPool? _pool;
    private readonly int _outputLimit;
    private readonly InterfaceQueue? _waiting;
    private readonly OwnWork? _work;
    private int _mtuV4 = int.MaxValue;
    private int _mtuV6 = int.MaxValue;

    internal NetworkInterface(
        int index, string name, InterfaceMedium medium, int mtu, MacAddress? hardwareAddress, InterfaceOffloads offloads, PacketPool? pool = null, int outputLimit = int.MaxValue, InterfaceQueue? waiting = null, OwnWork? work = null)
    {
        _waiting = waiting;
        _work = work;
        Index = index;
        Name = name;
        Medium = medium;
        Mtu = mtu;
        HardwareAddress = hardwareAddress;
        Offloads = offloads;
        _pool = pool;
        _outputLimit = outputLimit;
    }

    /// <summary>Its number, from 1; also the zone of its link-local addresses (RFC 4007).</summary>
    public int Index { get; }

    /// <summary>Its name, for people.</summary>
    public string Name { get; }

    /// <summary>What its frames are.</summary>
    public InterfaceMedium Medium { get; }

    /// <summary>The largest IP packet it carries, in octets.</summary>
    public int Mtu { get; internal set; }

    /// <summary>Its MAC address; null unless the medium is Ethernet.</summary>
    public MacAddress? HardwareAddress { get; }

    /// <summary>What the device takes over.</summary>
    public InterfaceOffloads Offloads { get; }

    /// <summary>Whoever runs the host wants it to be used; see <see cref="NetworkStack.SetLinkState"/>.</summary>
    public bool IsUp { get; internal set; } = true;

    /// <summary>The link below works: the cable is in.</summary>
    public bool HasCarrier { get; internal set; } = true;

    /// <summary>Up, and with carrier.</summary>
    public bool IsUsable => IsUp && HasCarrier;

    /// <summary>Frames that wait for the driver.</summary>
    public int Waiting => _output.Count;

    /// <summary>The largest IPv4 packet, where a DHCP server has told of less than the interface carries (RFC 2132 §5.1).</summary>
    internal int MtuV4
    {
        get => Math.Min(_mtuV4, Mtu);
        set => _mtuV4 = value;
    }

    /// <summary>The largest IPv6 packet, where a router has told of less than the interface carries (RFC 4861 §6.3.4).</summary>
    internal int MtuV6
    {
        get => Math.Min(_mtuV6, Mtu);
        set => _mtuV6 = value;
    }

    /// <summary>The hop limit that a router recommends (RFC 4861 §6.3.4); null: none has.</summary>
    internal byte? HopLimitV6 { get; set; }

    /// <summary>Its neighbors; null unless the medium is Ethernet.</summary>
    internal NeighborCache? Neighbors { get; set; }

    internal InterfaceCounters Counters { get; } = new();

    internal int MtuOf(IpVersion version) => version == IpVersion.V6 ? MtuV6 : MtuV4;

    /// <summary>True for a neighbor that was asked and did not answer.</summary>
    internal bool IsKnownUnreachable(IpAddress neighbor) => Neighbors is not null && Neighbors.IsUnreachable(neighbor);

    internal bool IsLoopback => Medium == InterfaceMedium.Loopback;

    /// <summary>No more frames are taken until the driver has come.</summary>
    internal bool IsFull => _output.Count >= _outputLimit;

    /// <summary>Its name.</summary>
    public override string ToString() => Name;

    /// <summary>What it has counted so far.</summary>
    public InterfaceStatistics GetStatistics() => Counters.ToStatistics();

    /// <summary>Puts a frame into the output queue, or drops it where the queue is full or the link is down.</summary>
    /// <returns>False if it was dropped.</returns>
    internal bool Transmit(PacketBuffer frame)
    {
        if (IsFull || !IsUsable)
        {
            Counters.OutDiscards++;
            _pool?.Return(frame);
            return false;
        }

        Counters.OutPackets++;
        Counters.OutOctets += frame.Length;
        _output.Add(frame);
        if (_waiting is { } waiting) waiting.NoteAdded(this);
        else _work?.MayExist = true;
        return true;
    }

    internal bool TryTake([NotNullWhen(true)] out PacketBuffer? frame)
    {
        if (!_output.TryTake(out frame)) return false;
        if (_output.Count == _outputLimit - 1) _waiting?.NoteRoom();
        return true;
    }

    /// <summary>For the driver: what it has for this interface.</summary>
    public object? Owner { get; set; }

    /// <summary>It stands in the queue of those that have frames; that queue's own mark.</summary>
    internal bool IsListed { get; set; }

    /// <summary>The next one in the queue of those that have frames; that queue's own.</summary>
    internal NetworkInterface? NextListed { get; set; }
}
