namespace Fathom.Hosts.Internet;

/// <summary>How one packet is sent. The default value is the system's own choice in everything.</summary>
/// <param name="HopLimit">TTL or hop limit, 1 to 255; null for the system's default.</param>
/// <param name="DontFragment">
/// True: sent whole or not at all, even above the path MTU that the system believes in, and never fragmented
/// (IPv4 DF set; Linux IP_PMTUDISC_PROBE). False: the system's default.
/// </param>
public readonly record struct PacketOptions(byte? HopLimit = null, bool DontFragment = false)
{
    /// <summary>
    /// True: routers may fragment it, whatever the system knows of the path (IPv4 DF clear; Linux IP_PMTUDISC_DONT). Not together with
    /// <see cref="DontFragment"/>. IPv6 routers never fragment (RFC 8200 §5).
    /// </summary>
    public bool MayBeFragmented { get; init; }
}
