using System.Diagnostics.CodeAnalysis;
using Fathom.Stack.Buffers;
using Fathom.Wire.Link;

namespace Fathom.Stack.Link;

/// <summary>One interface of a stack: the frame port that a driver serves.</summary>
public sealed class NetworkInterface
{
    private readonly Queue<PacketBuffer> _output = new();
    private readonly PacketPool? _pool;
    private readonly int _outputLimit;

    internal NetworkInterface(
        int index, string name, InterfaceMedium medium, int mtu, MacAddress? hardwareAddress, InterfaceOffloads offloads, PacketPool? pool = null, int outputLimit = int.MaxValue)
    {
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

    /// <summary>Frames that wait for the driver.</summary>
    public int Waiting => _output.Count;

    internal InterfaceCounters Counters { get; } = new();

    internal bool IsLoopback => Medium == InterfaceMedium.Loopback;

    /// <summary>No more frames are taken until the driver has come.</summary>
    internal bool IsFull => _output.Count >= _outputLimit;

    /// <summary>What it has counted so far.</summary>
    public InterfaceStatistics GetStatistics() => Counters.ToStatistics();

    /// <summary>Puts a frame into the output queue, or drops it where the queue is full.</summary>
    /// <returns>False if it was dropped.</returns>
    internal bool Transmit(PacketBuffer frame)
    {
        if (IsFull)
        {
            Counters.OutDiscards++;
            _pool?.Return(frame);
            return false;
        }

        Counters.OutPackets++;
        Counters.OutOctets += frame.Length;
        _output.Enqueue(frame);
        return true;
    }

    internal bool TryTake([NotNullWhen(true)] out PacketBuffer? frame) => _output.TryDequeue(out frame);
}
