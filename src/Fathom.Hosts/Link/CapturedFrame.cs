namespace Fathom.Hosts.Link;

/// <summary>One captured frame.</summary>
/// <param name="InterfaceIndex">The interface that it crossed.</param>
/// <param name="InterfaceName">That interface's name.</param>
/// <param name="LinkType">What <paramref name="Bytes"/> begins with: a LINKTYPE_ number of the pcap registry (1 Ethernet, 101 raw IP).</param>
/// <param name="Direction">Whether the host sent or received it.</param>
/// <param name="WallTime">When, by the wall clock.</param>
/// <param name="OriginalLength">Octets on the link.</param>
/// <param name="Bytes">The octets kept.</param>
public sealed record CapturedFrame(
    int InterfaceIndex,
    string InterfaceName,
    int LinkType,
    FrameDirection Direction,
    DateTimeOffset WallTime,
    int OriginalLength,
    ReadOnlyMemory<byte> Bytes);
