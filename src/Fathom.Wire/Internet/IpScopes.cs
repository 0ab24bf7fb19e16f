namespace Fathom.Wire.Internet;

/// <summary>Finds an address's scope.</summary>
public static class IpScopes
{
    /// <summary>The scope of an address.</summary>
    /// <param name="address">The address.</param>
    public static IpScope Of(IpAddress address)
    {
        if (address.IsUnspecified) return IpScope.None;
        if (address.IsMulticast) return address.IsV6 ? OfNumber((int)(address.Value >> 112) & 0xF) : OfV4Multicast((uint)address.Value);
        // Loopback counts as link-local, within an imaginary link (RFC 4007 §4, RFC 6724 §3.2).
        if (address.IsLoopback || address.IsLinkLocal) return IpScope.LinkLocal;
        return address.IsV6 && address.Value >> 118 == 0x3FB ? IpScope.SiteLocal : IpScope.Global; // fec0::/10, deprecated by RFC 3879
    }

    /// <summary>The words for a scope.</summary>
    /// <param name="scope">The scope.</param>
    public static string Text(IpScope scope) => scope switch
    {
        IpScope.None => "none",
        IpScope.InterfaceLocal => "interface-local",
        IpScope.LinkLocal => "link-local",
        IpScope.RealmLocal => "realm-local",
        IpScope.AdminLocal => "admin-local",
        IpScope.SiteLocal => "site-local",
        IpScope.OrganizationLocal => "organization-local",
        IpScope.Global => "global",
        _ => "unassigned",
    };

    /// <summary>The scope of an IPv6 multicast address's scope field.</summary>
    /// <param name="number">From 0 to 15; 0 and 15 are reserved.</param>
    internal static IpScope OfNumber(int number) => number is 1 or 2 or 3 or 4 or 5 or 8 or 14 ? (IpScope)number : IpScope.Unassigned;

    // RFC 2365 §6; 224.0.0.0/24 stays on its link (RFC 5771 §4).
    private static IpScope OfV4Multicast(uint value) => value switch
    {
        < 0xE000_0100 => IpScope.LinkLocal,
        >= 0xEFFF_0000 => IpScope.SiteLocal, // 239.255/16, "local scope"; RFC 6676 and RFC 4007 pair it with 5 at the widest
        >= 0xEFC0_0000 and < 0xEFC4_0000 => IpScope.OrganizationLocal, // 239.192/14
        _ => IpScope.Global,
    };
}
