namespace Fathom.Probes.Transport;

/// <summary>How a connection was closed, and how that is known.</summary>
/// <param name="Kind">How it ended.</param>
/// <param name="ClosedFirst">Who sent FIN first, or the RST.</param>
/// <param name="TimeWait">Who keeps it now.</param>
public sealed record TeardownTranscript(TeardownKind Kind, ClosingSide ClosedFirst, TimeWaitReport TimeWait)
{
    /// <summary>The segments from the first FIN or RST on. Empty without a capture: then all is known from what the socket calls returned.</summary>
    public IReadOnlyList<SegmentRecord> Segments { get; init; } = [];

    /// <summary>Why no segments were captured, or null.</summary>
    public string? NotCaptured { get; init; }

    /// <summary>From the first FIN to the other end's: how long the connection was half-closed. Null where there were not two.</summary>
    public TimeSpan? HalfClosedFor { get; init; }

    /// <summary>Octets that still came from the end that closed last, after the first FIN.</summary>
    public long OctetsWhileHalfClosed { get; init; }

    /// <summary>The last FIN's acknowledgment was captured.</summary>
    public bool LastAcknowledged { get; init; }
}
