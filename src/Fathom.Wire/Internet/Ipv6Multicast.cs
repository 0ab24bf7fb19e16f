namespace Fathom.Wire.Internet;

/// <summary>What an IPv6 multicast address says of itself (RFC 4291 §2.7): ff, four flags, four bits of scope, a group.</summary>
/// <param name="IsTransient">T: not assigned by IANA.</param>
/// <param name="IsPrefixBased">P: made from a network's unicast prefix (RFC 3306).</param>
/// <param name="HasRendezvousPoint">R: the rendezvous point's address is inside (RFC 3956).</param>
/// <param name="ScopeNumber">From 0 to 15.</param>
/// <param name="Prefix">The unicast prefix of a prefix-based address; null for any other, and where the length in it is impossible.</param>
/// <param name="RendezvousPoint">The rendezvous point, or null.</param>
/// <param name="Group">The group: the low 112 bits; of a prefix-based address the low 32.</param>
public sealed record Ipv6Multicast(bool IsTransient, bool IsPrefixBased, bool HasRendezvousPoint, int ScopeNumber, IpPrefix? Prefix, IpAddress? RendezvousPoint, UInt128 Group)
{
    /// <summary>How far the group reaches (RFC 4291 §2.7).</summary>
    public IpScope Scope => IpScopes.OfNumber(ScopeNumber);

    /// <summary>Reads an address; null where it is not IPv6 multicast.</summary>
    /// <param name="address">The address.</param>
    public static Ipv6Multicast? Read(IpAddress address)
    {
        if (!address.IsV6 || !address.IsMulticast) return null;
        var value = address.Value;
        var flags = (int)(value >> 116) & 0xF;
        var isPrefixBased = (flags & 2) != 0;
        var hasPoint = (flags & 4) != 0;
        IpPrefix? prefix = null;
        IpAddress? point = null;
        // RFC 3306 §4: |ff|flags scope|reserved|prefix length|64 bits of prefix|32 bits of group|. A length of 0 is source-specific (RFC 3306 §6).
        var length = (int)(value >> 96) & 0xFF;
        if (isPrefixBased && length <= 64)
        {
            var high = IpAddress.FromV6((value >> 32) << 64);
            prefix = new IpPrefix(high, length);
            // RFC 3956 §4: the four bits before the prefix length are the rendezvous point's interface identifier; not 0.
            var identifier = (int)(value >> 104) & 0xF;
            if (hasPoint && length > 0 && identifier > 0) point = IpAddress.FromV6(prefix.Value.Address.Value | (uint)identifier);
        }

        var group = isPrefixBased ? value & uint.MaxValue : value & IpPrefix.HostMask(112);
        return new Ipv6Multicast((flags & 1) != 0, isPrefixBased, hasPoint, (int)(value >> 112) & 0xF, prefix, point, group);
    }
}
