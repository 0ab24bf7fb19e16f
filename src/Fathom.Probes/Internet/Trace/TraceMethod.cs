namespace Fathom.Probes.Internet.Trace;

/// <summary>What a trace sends.</summary>
public enum TraceMethod
{
    /// <summary>ICMP echo where the host may send it, else UDP.</summary>
    Automatic = 0,

    /// <summary>ICMP echo: most destinations answer it, and Linux does not limit the answers.</summary>
    Echo,

    /// <summary>UDP to a port where nothing listens.</summary>
    Udp,

    /// <summary>TCP SYNs to a port.</summary>
    Tcp,
}
