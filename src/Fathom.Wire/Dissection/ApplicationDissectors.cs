using Fathom.Wire.Internet;

namespace Fathom.Wire.Dissection;

/// <summary>Which application's dissector reads which port, and which are known by what they look like.</summary>
internal sealed class ApplicationDissectors
{
    private readonly Dictionary<(IpProtocol, ushort), IApplicationDissector> _byPort = [];
    private readonly List<IRecognizingDissector> _byLook = [];

    /// <summary>The applications that Fathom dissects.</summary>
    internal static ApplicationDissectors Known { get; } = new ApplicationDissectors()
        .With(IpProtocol.Udp, 53, DnsDissector.Unicast)
        .With(IpProtocol.Tcp, 53, DnsDissector.Unicast)
        .With(IpProtocol.Udp, 5353, DnsDissector.Multicast)
        .With(IpProtocol.Udp, 5355, DnsDissector.LinkLocal)
        .With(IpProtocol.Tcp, 5355, DnsDissector.LinkLocal)
        .With(IpProtocol.Udp, 67, DhcpDissector.Instance)
        .With(IpProtocol.Udp, 68, DhcpDissector.Instance)
        .With(IpProtocol.Udp, 546, Dhcpv6Dissector.Instance)
        .With(IpProtocol.Udp, 547, Dhcpv6Dissector.Instance)
        .With(IpProtocol.Udp, 123, NtpDissector.Instance)
        .With(IpProtocol.Udp, 443, QuicDissector.Instance)
        .WithLook(HttpDissector.Instance)
        .WithLook(TlsDissector.Instance)
        .WithLook(QuicDissector.Instance)
        .WithLook(DnsDissector.Unicast);

    /// <summary>Adds a port. A table is filled before it is used, never afterwards.</summary>
    internal ApplicationDissectors With(IpProtocol transport, ushort port, IApplicationDissector dissector)
    {
        _byPort.Add((transport, port), dissector);
        return this;
    }

    /// <summary>Adds a protocol that is known by its first octets.</summary>
    internal ApplicationDissectors WithLook(IRecognizingDissector dissector)
    {
        _byLook.Add(dissector);
        return this;
    }

    /// <summary>Finds by the destination's port, then by the source's: a client's port may be anything.</summary>
    internal IApplicationDissector? Find(IpProtocol transport, ushort sourcePort, ushort destinationPort)
        => _byPort.GetValueOrDefault((transport, destinationPort)) ?? _byPort.GetValueOrDefault((transport, sourcePort));

    /// <summary>Finds by the first octets; null for a payload that looks like nothing known.</summary>
    internal IApplicationDissector? Recognize(IpProtocol transport, ReadOnlySpan<byte> payload)
    {
        foreach (var dissector in _byLook)
        {
            if (dissector.Recognizes(transport, payload)) return dissector;
        }

        return null;
    }
}
