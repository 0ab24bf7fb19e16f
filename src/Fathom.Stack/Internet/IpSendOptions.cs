using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>How an upper layer wants its packet sent.</summary>
/// <param name="HopLimit">TTL or hop limit.</param>
/// <param name="Dscp">Differentiated services code point, 0 to 63.</param>
/// <param name="Ecn">Explicit congestion notification.</param>
/// <param name="DontFragment">Neither this host nor a router may cut it (IPv4); what is too large is refused then.</param>
internal readonly record struct IpSendOptions(byte HopLimit, byte Dscp, Ecn Ecn, bool DontFragment);
