namespace Fathom.Stack.Transport.Tcp;

/// <summary>Why the stack would not even try.</summary>
public enum TcpRefusal : byte
{
    /// <summary>It did.</summary>
    None,

    /// <summary>The local port is taken; or, connecting, the very connection exists.</summary>
    AddressInUse,

    /// <summary>The local address is none of this host's.</summary>
    AddressNotLocal,

    /// <summary>No route leads to the destination.</summary>
    NoRoute,

    /// <summary>Every port of the range for clients is taken.</summary>
    NoPort,

    /// <summary>Not an address that a connection can have: a group, broadcast, port 0, or versions that differ.</summary>
    AddressNotUsable,

    /// <summary>The stack's limit of connections is reached.</summary>
    TooManyConnections,
}
