namespace Fathom.Probes.Internet;

/// <summary>What an error that came back for a packet says of the packet's way.</summary>
public enum IcmpMeaning
{
    /// <summary>None of the others.</summary>
    Other = 0,

    /// <summary>A router has no way to the network or host (RFC 792 codes 0, 1, 5 to 8, 11, 12; RFC 4443 codes 0, 2, 3).</summary>
    Unreachable,

    /// <summary>A filter forbids it and says so (RFC 1812 §5.2.7.1 codes 9, 10, 13; RFC 4443 §3.1 code 1, and 5 and 6, which are subsets of it).</summary>
    Prohibited,

    /// <summary>No such protocol at the destination (RFC 792 code 2).</summary>
    ProtocolUnreachable,

    /// <summary>Nobody listens on the port, or a firewall pretends so (RFC 792 code 3; RFC 4443 code 4).</summary>
    PortUnreachable,

    /// <summary>The packet is larger than a link's MTU (RFC 792 code 4; RFC 4443 type 2).</summary>
    TooBig,

    /// <summary>The hop limit ran out (RFC 792 type 11 code 0; RFC 4443 type 3 code 0).</summary>
    HopLimitExceeded,

    /// <summary>The neighbor was not resolved: this host says so itself.</summary>
    NeighborUnresolved,

    /// <summary>This host has no route.</summary>
    NoRoute,

    /// <summary>A rule of this host forbids it.</summary>
    LocallyProhibited,
}
