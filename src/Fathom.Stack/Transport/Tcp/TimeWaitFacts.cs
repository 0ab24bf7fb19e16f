using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport.Tcp;

/// <summary>What is kept of a connection in TIME-WAIT.</summary>
internal readonly record struct TimeWaitFacts
{
    /// <summary>The number that this side began with.</summary>
    public required SequenceNumber OwnInitial { get; init; }

    /// <summary>The number that the peer began with.</summary>
    public required SequenceNumber PeerInitial { get; init; }

    /// <summary>The number behind everything that was sent.</summary>
    public required SequenceNumber Next { get; init; }

    /// <summary>The number behind everything that was received.</summary>
    public required SequenceNumber Expected { get; init; }

    /// <summary>The window as it stands in a header.</summary>
    public required ushort Window { get; init; }

    public required bool HasTimestamps { get; init; }

    public required uint RecentTimestamp { get; init; }

    public required uint TimestampOffset { get; init; }

    public required byte HopLimit { get; init; }

    public required byte Dscp { get; init; }
}
