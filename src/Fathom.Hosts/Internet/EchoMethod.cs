namespace Fathom.Hosts.Internet;

/// <summary>How echo requests are sent.</summary>
public enum EchoMethod
{
    /// <summary>An ICMP datagram socket: no privilege where net.ipv4.ping_group_range allows it.</summary>
    Datagram,

    /// <summary>A raw socket.</summary>
    Raw,

    /// <summary>The system's own ping service, without hop limits on errors or sub-millisecond times.</summary>
    System,

    /// <summary>The lab's own stack.</summary>
    Stack,
}
