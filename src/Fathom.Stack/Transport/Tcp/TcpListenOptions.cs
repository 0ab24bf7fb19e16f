namespace Fathom.Stack.Transport.Tcp;

/// <summary>How a listener listens.</summary>
public sealed record TcpListenOptions
{
    /// <summary>Connections that may wait to be accepted.</summary>
    public int Backlog { get; init; } = 128;

    /// <summary>The port may be taken although connections, such as those in TIME-WAIT, are still on it: SO_REUSEADDR. Two listeners never share an address and a port.</summary>
    public bool ReuseAddress { get; init; } = true;

    /// <summary>How its connections behave; null for the stack's settings.</summary>
    public TcpSettings? Settings { get; init; }

    /// <summary>The most octets in a segment, either way; null for what the path carries.</summary>
    public int? MaximumSegmentSize { get; init; }

    /// <summary>What ties the listener to its owner from the start.</summary>
    public object? Owner { get; init; }
}
