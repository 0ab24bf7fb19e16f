namespace Fathom.Lab.Application;

/// <summary>Something that a host of the lab serves at a port. How it behaves may be changed while it runs, and stays so when the host starts again.</summary>
public abstract class LabService
{
    private protected LabService(LabHost host, ushort port)
    {
        Host = host;
        Port = port;
    }

    /// <summary>The host that serves it.</summary>
    public LabHost Host { get; }

    /// <summary>The port, at each of the host's addresses.</summary>
    public ushort Port { get; }
}
