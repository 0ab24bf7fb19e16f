using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>What ICMP of one version has counted, by the names of RFC 4293's icmpStatsTable and icmpMsgStatsTable.</summary>
/// <param name="Version">ICMP or ICMPv6.</param>
/// <param name="InMsgs">Messages that came in.</param>
/// <param name="InErrors">Those that were damaged.</param>
/// <param name="OutMsgs">Messages sent.</param>
/// <param name="OutRateLimited">Errors that the rate did not allow, of both versions.</param>
/// <param name="InByType">Messages that came in, by type.</param>
/// <param name="OutByType">Messages sent, by type.</param>
public sealed record IcmpStatistics(
    IpVersion Version, long InMsgs, long InErrors, long OutMsgs, long OutRateLimited, IReadOnlyList<long> InByType, IReadOnlyList<long> OutByType);
