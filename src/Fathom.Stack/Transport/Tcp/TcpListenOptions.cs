namespace Fathom.Stack.Transport.Tcp;

/// <summary>How a listener listens.</summary>
public sealed record TcpListenOptions
{
    /// <summary>Connections that may wait to be accepted.</summary>
    public int Backlog { get; init; } = 128;

    /// <summary>How its connections behave; null for the stack's settings.</summary>
    public TcpSettings? Settings { get; init; }

    /// <summary>The most octets in a segment, either way; null for what the path carries.</summary>
    public int? MaximumSegmentSize { get; init; }

    /// <summary>What ties the listener to its owner from the start.</summary>
    public object? Owner { get; init; }
}
