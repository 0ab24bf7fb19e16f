namespace Fathom.Wire.Internet;

/// <summary>The rule by which addresses of a prefix can be given to hosts.</summary>
public enum IpHostRule
{
    /// <summary>IPv4: all but the network's address and the broadcast address (RFC 1122 §3.2.1.3).</summary>
    NetworkAndBroadcast,

    /// <summary>IPv6: all but the subnet-router anycast address (RFC 4291 §2.6.1).</summary>
    SubnetRouterAnycast,

    /// <summary>Both addresses of a /31 (RFC 3021) or /127 (RFC 6164).</summary>
    PointToPoint,

    /// <summary>The one address of a /32 or /128.</summary>
    SingleAddress,
}
