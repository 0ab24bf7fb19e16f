using Fathom.Wire.Internet;

namespace Fathom.Wire.Dissection;

/// <summary>Which application's dissector reads which port.</summary>
internal sealed class ApplicationDissectors
{
    private readonly Dictionary<(IpProtocol, ushort), IApplicationDissector> _byPort = [];

    /// <summary>The applications that Fathom dissects.</summary>
    internal static ApplicationDissectors Known { get; } = new ApplicationDissectors()
        .With(IpProtocol.Udp, 53, DnsDissector.Instance)
        .With(IpProtocol.Tcp, 53, DnsDissector.Instance);

    /// <summary>Adds a port. A table is filled before it is used, never afterwards.</summary>
    internal ApplicationDissectors With(IpProtocol transport, ushort port, IApplicationDissector dissector)
    {
        _byPort.Add((transport, port), dissector);
        return this;
    }

    /// <summary>Finds by the destination's port, then by the source's: a client's port may be anything.</summary>
    internal IApplicationDissector? Find(IpProtocol transport, ushort sourcePort, ushort destinationPort)
        => _byPort.GetValueOrDefault((transport, destinationPort)) ?? _byPort.GetValueOrDefault((transport, sourcePort));
}
