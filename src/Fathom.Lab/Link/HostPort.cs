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

    /// <summary>The host.</summary>
    public LabHost Host => _host;

    /// <summary>The stack's interface.</summary>
    public NetworkInterface Interface { get; }

    /// <inheritdoc/>
    public override MacAddress? HardwareAddress => Interface.HardwareAddress;

    internal override void Deliver(PacketBuffer frame) => _host.Receive(this, frame);
}
