using Fathom.Stack.Buffers;
using Fathom.Wire.Link;

namespace Fathom.Lab.Link;

/// <summary>Where a cable goes into a host or a box.</summary>
public abstract class LabPort
{
    private protected LabPort(Lab lab, string name)
    {
        Lab = lab;
        Name = name;
        Index = lab.Register(this);
    }

    /// <summary>"laptop/eth0".</summary>
    public string Name { get; }

    /// <summary>The cable; null while nothing is plugged in.</summary>
    public LabLink? Link { get; internal set; }

    /// <summary>The port's MAC address; null where it has none.</summary>
    public virtual MacAddress? HardwareAddress => null;

    /// <summary>Frames here have an Ethernet header.</summary>
    internal virtual bool IsEthernet => HardwareAddress is not null;

    /// <summary>Its number in the lab, in the order of making.</summary>
    internal int Index { get; }

    internal Lab Lab { get; }

    /// <summary>The direction of the link that leads away from here.</summary>
    internal LinkDirection? Out { get; set; }

    /// <summary>The cable carries frames to here, or does not any more.</summary>
    internal virtual void SetCarrier(bool isThere)
    {
    }

    /// <summary>A frame has arrived.</summary>
    internal abstract void Deliver(PacketBuffer frame);

    /// <summary>Sends a frame; where nothing is plugged in it is lost.</summary>
    internal void Send(PacketBuffer frame)
    {
        Lab.Observe(this, isOutgoing: true, frame);
        if (Out is { } direction)
        {
            direction.Send(frame);
            return;
        }

        Lab.ObserveDrop(this, FrameDrop.Unplugged, frame);
        Lab.Pool.Return(frame);
    }
}
