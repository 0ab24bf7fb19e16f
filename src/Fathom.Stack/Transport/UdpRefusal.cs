namespace Fathom.Stack.Transport;

/// <summary>Why a UDP socket could not be opened or connected.</summary>
public enum UdpRefusal : byte
{
    /// <summary>It could.</summary>
    None,

    /// <summary>Another socket has the address and port.</summary>
    AddressInUse,

    /// <summary>The address is none of this host's.</summary>
    NotLocal,

    /// <summary>No route leads to the remote address.</summary>
    NoRoute,

    /// <summary>All ports that are given out are taken.</summary>
    NoPorts,
}
