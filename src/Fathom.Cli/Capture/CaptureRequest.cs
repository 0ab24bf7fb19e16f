namespace Fathom.Cli.Capture;

/// <summary>What <c>fathom capture</c> is asked for.</summary>
/// <param name="Interface">An interface's name or number, or "any".</param>
/// <param name="File">Where packets are saved, "-" for standard output, or null.</param>
/// <param name="AlsoPrint">List them although they are saved.</param>
/// <param name="Count">Packets after which to stop, or null.</param>
/// <param name="SnapLength">Octets of each packet to keep; 0 for all.</param>
/// <param name="IsPromiscuous">Ask for packets that are addressed to others.</param>
/// <param name="AsTree">Show each field by field.</param>
internal sealed record CaptureRequest(string Interface, string? File, bool AlsoPrint, int? Count, int SnapLength, bool IsPromiscuous, bool AsTree);
