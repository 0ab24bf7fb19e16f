using Fathom.Wire.Internet;

namespace Fathom.Hosts.Link;

/// <summary>One IP address of an interface.</summary>
/// <param name="Address">The address; an IPv6 link-local one carries its zone.</param>
/// <param name="PrefixLength">The on-link prefix length, in bits.</param>
/// <param name="State">Whether it may be used.</param>
public sealed record InterfaceAddress(IpAddress Address, int PrefixLength, InterfaceAddressState State = InterfaceAddressState.Preferred)
{
    /// <summary>The prefix that the interface believes to be on-link through this address.</summary>
    public IpPrefix Prefix => new(Address, PrefixLength);
}
