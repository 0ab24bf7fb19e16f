using Fathom.Stack.Buffers;

namespace Fathom.Lab.Link;

/// <summary>A port at the lab's edge: Ethernet frames that arrive here leave the lab, and those of somebody outside come in as from one more machine on the link.</summary>
public sealed class OutsidePort : LabPort, IOutsideEnd
{
    internal OutsidePort(Lab lab, string name)
        : base(lab, name)
    {
    }

    /// <inheritdoc/>
    public Action<PacketBuffer>? Outlet { get; set; }

    /// <inheritdoc/>
    public long Left { get; private set; }

    /// <inheritdoc/>
    public long Entered { get; private set; }

    internal override bool IsEthernet => true;

    /// <inheritdoc/>
    public void Enter(PacketBuffer frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        Entered++;
        Send(frame);
    }

    internal override void Deliver(PacketBuffer frame)
    {
        Left++;
        Outlet?.Invoke(frame);
        Lab.Pool.Return(frame);
    }
}
