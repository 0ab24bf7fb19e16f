namespace Fathom.Probes.Transport;

/// <summary>How a <see cref="PortScanner"/> works.</summary>
public sealed record PortScanOptions
{
    /// <summary>Ports tried at once. 64 keeps a process far below the usual 1,024 descriptors, and a home router's table of connections from filling.</summary>
    public int Concurrency { get; init; } = 64;

    /// <summary>How often a silent port is tried again. With a twentieth of the packets lost, three tries miss an open port once in a thousand.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>How long the first try waits while no answer of this host has been seen (RFC 6298 §2.1: one second).</summary>
    public TimeSpan InitialTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait for one try.</summary>
    public TimeSpan MaximumTimeout { get; init; } = TimeSpan.FromSeconds(3);
}
