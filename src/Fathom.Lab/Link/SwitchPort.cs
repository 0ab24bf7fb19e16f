using Fathom.Stack.Buffers;

namespace Fathom.Lab.Link;

/// <summary>One port of a switch.</summary>
public sealed class SwitchPort : LabPort
{
    private readonly LabSwitch _switch;

    internal SwitchPort(LabSwitch owner, string name)
        : base(owner.Lab, name) => _switch = owner;

    /// <summary>The switch that it is a port of.</summary>
    public LabSwitch Switch => _switch;

    internal override bool IsEthernet => true;

    internal override void Deliver(PacketBuffer frame) => _switch.Forward(this, frame);
}
