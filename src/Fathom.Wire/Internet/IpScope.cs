namespace Fathom.Wire.Internet;

/// <summary>How far an address is meant to be valid (RFC 4007 §4): numbers are those of multicast scopes (RFC 7346).</summary>
public enum IpScope
{
    /// <summary>The unspecified address has none.</summary>
    None = 0,

    /// <summary>One interface: loopback of multicast.</summary>
    InterfaceLocal = 1,

    /// <summary>One link.</summary>
    LinkLocal = 2,

    /// <summary>What the network's technology makes of one realm (RFC 7346 §2).</summary>
    RealmLocal = 3,

    /// <summary>The smallest scope that people configure.</summary>
    AdminLocal = 4,

    /// <summary>One site.</summary>
    SiteLocal = 5,

    /// <summary>An organization's sites.</summary>
    OrganizationLocal = 8,

    /// <summary>Everywhere. Private and unique local addresses are in it too: their reach is a matter of routing (RFC 6724 §3.2, RFC 4193 §3.3).</summary>
    Global = 14,

    /// <summary>A scope number that no registry names.</summary>
    Unassigned = 16,
}
