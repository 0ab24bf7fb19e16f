namespace Fathom.Stack.Transport;

/// <summary>How UDP behaves.</summary>
public sealed record UdpSettings
{
    /// <summary>Octets that wait for a socket's owner at most, each datagram counted with 256 more; Linux's rmem_default.</summary>
    public int ReceiveLimit { get; init; } = 212_992;

    /// <summary>Octets of a socket's that wait for the driver at most; Linux's wmem_default.</summary>
    public int SendLimit { get; init; } = 212_992;

    /// <summary>The first port given to sockets that ask for none (RFC 6335 §6: dynamic ports).</summary>
    public ushort FirstEphemeralPort { get; init; } = 49_152;
}
