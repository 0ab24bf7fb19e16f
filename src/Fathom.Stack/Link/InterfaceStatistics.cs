namespace Fathom.Stack.Link;

/// <summary>What an interface has counted (RFC 2863 §3.1.6, whose names these are but for unicast and group packets, which are one number here).</summary>
/// <param name="InPackets">Frames the driver brought.</param>
/// <param name="InOctets">Their octets.</param>
/// <param name="InDiscards">Frames that were intact and were dropped, since they are none of this host's.</param>
/// <param name="InErrors">Frames that could not be read.</param>
/// <param name="InUnknownProtocols">Frames of a protocol that is not spoken here.</param>
/// <param name="OutPackets">Frames queued for the driver.</param>
/// <param name="OutOctets">Their octets.</param>
/// <param name="OutDiscards">Frames dropped because the driver did not come for those before them.</param>
public sealed record InterfaceStatistics(
    long InPackets, long InOctets, long InDiscards, long InErrors, long InUnknownProtocols, long OutPackets, long OutOctets, long OutDiscards);
