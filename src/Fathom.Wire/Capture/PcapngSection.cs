namespace Fathom.Wire.Capture;

/// <summary>What a pcapng section says about where it comes from. All of it may be left out.</summary>
public sealed record PcapngSection
{
    /// <summary>The hardware: a processor's name.</summary>
    public string? Hardware { get; init; }

    /// <summary>The operating system.</summary>
    public string? OperatingSystem { get; init; }

    /// <summary>The program that wrote the file.</summary>
    public string? Application { get; init; }

    /// <summary>A remark about the whole section.</summary>
    public string? Comment { get; init; }
}
