namespace Fathom.Stack.Internet;

/// <summary>Where an address of the host comes from.</summary>
public enum AddressOrigin : byte
{
    /// <summary>Whoever runs the host.</summary>
    Static,

    /// <summary>The interface's own link-local address (RFC 4862 §5.3).</summary>
    LinkLocal,

    /// <summary>Stateless autoconfiguration (RFC 4862 §5.5).</summary>
    Autoconfigured,

    /// <summary>A DHCP server.</summary>
    Dhcp,
}
