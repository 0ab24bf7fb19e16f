using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport.Tcp;

/// <summary>What a finished handshake has settled.</summary>
internal readonly record struct HandshakeFacts
{
    public required SequenceNumber OwnInitial { get; init; }

    public required SequenceNumber PeerInitial { get; init; }

    /// <summary>The options of the peer's SYN.</summary>
    public required TcpOptions PeerOptions { get; init; }

    /// <summary>The scale that was announced, if scaling was agreed.</summary>
    public byte? OwnScale { get; init; }

    /// <summary>The window that was announced in the SYN-ACK.</summary>
    public required int OwnWindow { get; init; }

    /// <summary>The window of the peer's SYN.</summary>
    public required int PeerWindow { get; init; }

    /// <summary>The newest timestamp of the peer, if timestamps were agreed.</summary>
    public uint? RecentTimestamp { get; init; }

    /// <summary>What is added to the clock for our timestamps.</summary>
    public uint TimestampOffset { get; init; }

    /// <summary>From the SYN-ACK to its acknowledgment, if it was sent once or a timestamp tells.</summary>
    public TimeSpan? RoundTrip { get; init; }

    /// <summary>How often the SYN-ACK was sent again.</summary>
    public int Retries { get; init; }

    public bool EcnAgreed { get; init; }
}
