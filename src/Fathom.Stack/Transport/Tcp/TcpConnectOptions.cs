using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport.Tcp;

/// <summary>How a connection is opened.</summary>
public sealed record TcpConnectOptions
{
    /// <summary>The address to come from; null for the stack's choice.</summary>
    public IpAddress? LocalAddress { get; init; }

    /// <summary>The port to come from; 0 for the stack's choice.</summary>
    public ushort LocalPort { get; init; }

    /// <summary>How it behaves; null for the stack's settings.</summary>
    public TcpSettings? Settings { get; init; }

    /// <summary>Octets that may be announced as maximum segment size, and are the most to be sent in one; null for what the path carries.</summary>
    public int? MaximumSegmentSize { get; init; }

    /// <summary>TTL or hop limit; null for the settings'.</summary>
    public byte? HopLimit { get; init; }

    /// <summary>What ties the connection to its owner from the start.</summary>
    public object? Owner { get; init; }
}
