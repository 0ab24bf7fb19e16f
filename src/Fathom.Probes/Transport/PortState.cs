namespace Fathom.Probes.Transport;

/// <summary>What a TCP port is, as far as an attempt to connect can tell.</summary>
public enum PortState
{
    /// <summary>Not tried, or this host could not try: nothing is known of the port.</summary>
    Unknown = 0,

    /// <summary>A SYN, ACK came: something accepts connections.</summary>
    Open,

    /// <summary>An RST came: the host is there, and nothing listens (or a firewall says so in its name).</summary>
    Refused,

    /// <summary>Nothing came, after several tries: a filter drops the segments, or the host is not there.</summary>
    Filtered,

    /// <summary>An ICMP message said that the connection is not wanted: a filter that answers.</summary>
    Prohibited,

    /// <summary>The host cannot be reached: no route, no neighbor, or a router said so.</summary>
    Unreachable,
}
