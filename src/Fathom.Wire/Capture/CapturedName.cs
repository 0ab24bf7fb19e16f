using Fathom.Wire.Internet;

namespace Fathom.Wire.Capture;

/// <summary>A name that a pcapng file gives to an address (draft-ietf-opsawg-pcapng §4.5).</summary>
/// <param name="Address">The address.</param>
/// <param name="Name">The name. Text from the file: to be escaped before it reaches a terminal.</param>
public readonly record struct CapturedName(IpAddress Address, string Name);
