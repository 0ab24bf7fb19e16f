namespace Fathom.Wire.Capture;

/// <summary>An interface that a capture file describes.</summary>
/// <param name="LinkType">What its frames begin with: a LINKTYPE_ number.</param>
/// <param name="SnapLength">Octets kept of each frame; 0 for no limit.</param>
/// <param name="Name">The name, or null. Text from the file: to be escaped before it reaches a terminal.</param>
/// <param name="Description">The description, or null. Text from the file.</param>
public sealed record CaptureInterface(int LinkType, uint SnapLength, string? Name, string? Description);
