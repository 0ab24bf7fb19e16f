namespace Fathom.Hosts.Link;

/// <summary>The state of an interface's address (RFC 4862 §2).</summary>
public enum InterfaceAddressState
{
    /// <summary>May be used without restriction.</summary>
    Preferred = 0,

    /// <summary>Duplicate address detection is under way.</summary>
    Tentative,

    /// <summary>Another node has the address.</summary>
    Duplicate,

    /// <summary>Its preferred lifetime is over; existing connections may go on.</summary>
    Deprecated,
}
