using Fathom.Stack.Buffers;
using Fathom.Stack.Link;
using Fathom.Wire.Link;

namespace Fathom.Lab.Link;

/// <summary>An interface of a host.</summary>
public sealed class HostPort : LabPort
{
    private readonly LabHost _host;

    internal HostPort(LabHost host, NetworkInterface through)
        : base(host.Lab, $"{host.Name}/{through.Name}")
    {
        _host = host;
        Interface = through;
    }

    /// <summary>The host whose interface it is.</summary>
    public LabHost Host => _host;

    /// <summary>The stack's interface.</summary>
    public NetworkInterface Interface
    {
        get;
        internal set
        {
            field = value;
            value.Owner = this;
        }
    }

    /// <summary>The port hears and says nothing, though its link is there: a machine that hangs, an interface with a broken receiver.</summary>
    public bool IsSilent { get; set; }

    /// <inheritdoc/>
    public override MacAddress? HardwareAddress => Interface.HardwareAddress;

    internal bool HasCarrier { get; private set; } = true;

    internal override void SetCarrier(bool isThere)
    {
        HasCarrier = isThere;
        _host.ApplyLinkState(this);
    }

    internal override void Deliver(PacketBuffer frame)
    {
        if (_host is { IsUp: true, HasAdapters: true } && !IsSilent) _host.Receive(this, frame);
        else Lab.Pool.Return(frame);
    }
}
