namespace Fathom.Lab.Internet;

/// <summary>Ports from one to another.</summary>
/// <param name="First">The first.</param>
/// <param name="Last">The last; at least the first.</param>
public readonly record struct PortSpan(ushort First, ushort Last)
{
    /// <summary>One port.</summary>
    /// <param name="port">The port.</param>
    public static implicit operator PortSpan(ushort port) => FromUInt16(port);

    /// <summary>One port.</summary>
    /// <param name="port">The port.</param>
    public static PortSpan FromUInt16(ushort port) => new(port, port);

    /// <summary>True for a port of them.</summary>
    /// <param name="port">The port.</param>
    public bool Contains(ushort port) => port >= First && port <= Last;
}
