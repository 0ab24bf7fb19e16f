namespace Fathom.Stack.Internet;

/// <summary>What a hook decides on a packet.</summary>
public enum HookVerdict : byte
{
    /// <summary>It goes on.</summary>
    Accept,

    /// <summary>It vanishes.</summary>
    Drop,

    /// <summary>The hook has carried it elsewhere: its way through this host ends, and nothing was dropped.</summary>
    Taken,

    /// <summary>
    /// Its sender is told by ICMP that this is administratively prohibited (RFC 1812 §5.2.7.1 code 13, RFC 4443 §3.1 code 1); a sender on this host is told by an error of its socket.
    /// </summary>
    RejectProhibited,

    /// <summary>Its sender is told by ICMP that the port is unreachable.</summary>
    RejectPort,

    /// <summary>Its sender is told by a TCP RST that seems to come from the destination (RFC 9293 §3.5.2). What is not TCP is dropped.</summary>
    RejectReset,
}
