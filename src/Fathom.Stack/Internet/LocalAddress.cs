using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>An address of this host.</summary>
internal sealed class LocalAddress(NetworkInterface owner, IpAddress address, int prefixLength, AddressOrigin origin)
{
    // Half the size of a TimeSpan that may be null: a large lab has many addresses, and few of them end.
    private static readonly TimeSpan Never = TimeSpan.MaxValue;

    private TimeSpan _preferredUntil = Never;
    private TimeSpan _validUntil = Never;

    public NetworkInterface Interface { get; } = owner;

    /// <summary>With the interface as its zone where it is link-local and IPv6's.</summary>
    public IpAddress Address { get; } = address;

    public int PrefixLength => Prefix.Length;

    /// <summary>The prefix that is on the link.</summary>
    public IpPrefix Prefix { get; } = new(address.WithZone(0), prefixLength);

    public AddressOrigin Origin { get; } = origin;

    public AddressState State { get; set; } = AddressState.Preferred;

    public TimeSpan? PreferredUntil
    {
        get => OrNull(_preferredUntil);
        set => _preferredUntil = value ?? Never;
    }

    public TimeSpan? ValidUntil
    {
        get => OrNull(_validUntil);
        set => _validUntil = value ?? Never;
    }

    /// <summary>Looks for other hosts with it; null where there are none to be.</summary>
    public AddressGuard? Guard { get; set; }

    /// <summary>What its latest probe is known by (RFC 7527).</summary>
    public byte[]? Nonce { get; set; }

    /// <summary>Packets may come to it and go from it.</summary>
    public bool IsUsable => State is AddressState.Preferred or AddressState.Deprecated;

    /// <summary>RFC 1122 §3.2.1.3: all ones, and of old all zeros, in the host part. A prefix of 31 bits has no broadcast (RFC 3021 §2.1).</summary>
    public bool IsBroadcast(IpAddress destination)
        => Address.IsV4 && PrefixLength < 31 && (destination == Prefix.Last || destination == Prefix.Address);

    private static TimeSpan? OrNull(TimeSpan until) => until == Never ? null : until;

    public AssignedAddress ToSnapshot() => new(Interface, Address, PrefixLength, State, Origin, PreferredUntil, ValidUntil);
}
