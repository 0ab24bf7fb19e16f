namespace Fathom.Stack.Internet;

/// <summary>What an ICMP error of this host says, whichever version says it.</summary>
internal enum IcmpErrorKind : byte
{
    /// <summary>No route leads there.</summary>
    NoRoute,

    /// <summary>The last link is there, the host does not answer on it.</summary>
    HostUnreachable,

    /// <summary>Nobody here speaks the protocol; the detail is where it is named (IPv6).</summary>
    ProtocolUnreachable,

    /// <summary>Nobody here listens on the port.</summary>
    PortUnreachable,

    /// <summary>Larger than the next link; the detail is its MTU.</summary>
    PacketTooBig,

    /// <summary>The time to live ran out on the way.</summary>
    HopLimitExceeded,

    /// <summary>Fragments were missing too long.</summary>
    ReassemblyTimeExceeded,

    /// <summary>A field has a value that cannot be; the detail is its offset.</summary>
    BadField,

    /// <summary>IPv6: an option that is not known here and asks for this error; the detail is its offset.</summary>
    UnknownOption,

    /// <summary>The packet wants to choose its way.</summary>
    SourceRouteRefused,

    /// <summary>IPv6: the destination lies beyond the scope of the source address.</summary>
    BeyondScope,

    /// <summary>Whoever runs this host forbids it.</summary>
    Prohibited,
}
