using Fathom.Services.Application.Dns;

namespace Fathom.Lab.Application;

/// <summary>A DNS server of the lab.</summary>
public sealed class DnsService : LabService
{
    private const ushort DnsPort = 53;

    internal DnsService(LabHost host, IReadOnlyList<DnsZone> zones, DnsTrouble trouble)
        : base(host, DnsPort)
    {
        Zones = zones;
        Behavior = new DnsBehavior { Trouble = trouble };
    }

    /// <summary>The zones that it serves; empty: it is a resolver.</summary>
    public IReadOnlyList<DnsZone> Zones { get; }

    /// <summary>It finds answers for others.</summary>
    public bool IsResolver => Zones.Count == 0;

    /// <summary>How it behaves.</summary>
    public DnsBehavior Behavior { get; }
}
