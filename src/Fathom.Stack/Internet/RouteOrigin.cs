namespace Fathom.Stack.Internet;

/// <summary>Who told of a route.</summary>
public enum RouteOrigin : byte
{
    /// <summary>Whoever runs the host.</summary>
    Static,

    /// <summary>An address of the host: its prefix is on the link.</summary>
    Connected,

    /// <summary>A router's advertisement (RFC 4861 §6.3.4).</summary>
    RouterAdvertisement,

    /// <summary>A DHCP server.</summary>
    Dhcp,
}
