namespace Fathom.Wire.Capture;

/// <summary>An interface that a capture file describes.</summary>
/// <param name="LinkType">What its frames begin with: a LINKTYPE_ number.</param>
/// <param name="SnapLength">Octets kept of each frame; 0 for no limit.</param>
/// <param name="Name">The name, or null. Text from the file: to be escaped before it reaches a terminal.</param>
/// <param name="Description">The description, or null. Text from the file.</param>
public sealed record CaptureInterface(int LinkType, uint SnapLength, string? Name, string? Description)
{
    /// <summary>
    /// The unit of its packets' times as pcapng has it (§4.2, if_tsresol): n for 10^-n seconds, with the first of eight bits set for 2^-n. 6 (microseconds) where the file does not say.
    /// </summary>
    public byte TimestampResolution { get; init; } = PcapngTime.Microseconds;

    /// <summary>Seconds that were added to its packets' times (§4.2, if_tsoffset).</summary>
    public long TimestampOffsetSeconds { get; init; }

    /// <summary>Octets of frame check sequence at its frames' ends (§4.2, if_fcslen); null where the file does not say.</summary>
    public int? FrameCheckLength { get; init; }

    /// <summary>The machine's operating system, or null. Text from the file.</summary>
    public string? OperatingSystem { get; init; }

    /// <summary>The adapter, or null. Text from the file.</summary>
    public string? Hardware { get; init; }

    /// <summary>The capture filter as text, or null. Text from the file.</summary>
    public string? Filter { get; init; }
}
