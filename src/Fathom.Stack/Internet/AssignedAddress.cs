using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>An address of the host, as it stands now.</summary>
/// <param name="Interface">The interface that has it.</param>
/// <param name="Address">The address; a link-local one of IPv6 with its zone.</param>
/// <param name="PrefixLength">Bits of the prefix that is on the link.</param>
/// <param name="State">What it may be used for.</param>
/// <param name="Origin">Where it comes from.</param>
/// <param name="PreferredUntil">When it becomes deprecated, in the driver's time; null: never.</param>
/// <param name="ValidUntil">When it ends, in the driver's time; null: never.</param>
public sealed record AssignedAddress(
    NetworkInterface Interface, IpAddress Address, int PrefixLength, AddressState State, AddressOrigin Origin, TimeSpan? PreferredUntil, TimeSpan? ValidUntil);
