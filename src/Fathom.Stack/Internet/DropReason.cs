namespace Fathom.Stack.Internet;

/// <summary>Why the internet layer dropped a packet.</summary>
public enum DropReason : byte
{
    /// <summary>It could not be read as a packet of its version.</summary>
    Unreadable,

    /// <summary>The IPv4 header's checksum is wrong.</summary>
    HeaderChecksum,

    /// <summary>No host may send from its source, or to its destination, on this medium (RFC 1812 §5.3.7).</summary>
    Martian,

    /// <summary>It claims to come from this host itself.</summary>
    OwnSource,

    /// <summary>It is for another host, and this one forwards nothing.</summary>
    NotForThisHost,

    /// <summary>A group that nobody here has joined.</summary>
    NotAMember,

    /// <summary>No route leads to its destination.</summary>
    NoRoute,

    /// <summary>Its time to live has run out.</summary>
    HopLimit,

    /// <summary>It is larger than the next link takes, and may not be cut.</summary>
    TooBig,

    /// <summary>Nobody here speaks its protocol.</summary>
    UnknownProtocol,

    /// <summary>An option or extension header that forbids to go on.</summary>
    Option,

    /// <summary>It wants to choose its own way (RFC 7126 §4.3, RFC 5095).</summary>
    SourceRoute,

    /// <summary>A fragment that fits no other, or more of them than there is room for.</summary>
    Reassembly,

    /// <summary>The rest of its fragments did not come in time.</summary>
    ReassemblyTimeout,

    /// <summary>The neighbor that it was to go to does not answer.</summary>
    NoNeighbor,

    /// <summary>Too many packets wait for the neighbor or the driver.</summary>
    QueueFull,

    /// <summary>A hook of this host refused it (<see cref="IPacketHook"/>): a firewall, say.</summary>
    Hook,
}
