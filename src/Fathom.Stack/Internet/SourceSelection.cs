using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>
/// Which address of this host a packet goes from (RFC 6724 §5). Rules 4 and 7 are about home and temporary addresses, which there are none of; rule 5 is met by
/// looking at the outgoing interface's addresses first; rule 5.5 needs more memory of routers than the route has.
/// </summary>
internal static class SourceSelection
{
    public static IpAddress? Choose(AddressTable addresses, NetworkInterface outgoing, IpAddress destination)
    {
        // A packet to this host itself goes from the address that it goes to (rule 1).
        if (outgoing.IsLoopback && addresses.IsUsable(destination)) return destination;
        LocalAddress? best = null;
        foreach (var candidate in addresses.All)
        {
            if (candidate.Interface != outgoing || !candidate.IsUsable || candidate.Address.Version != destination.Version) continue;
            if (best is null || IsBetter(candidate, best, destination)) best = candidate;
        }

        if (best is not null) return best.Address;

        // An unnumbered link borrows an address of another interface, one that means something beyond it (RFC 1812 §2.2.7).
        foreach (var candidate in addresses.All)
        {
            if (!candidate.IsUsable || candidate.Address.Version != destination.Version || IpScopes.Of(candidate.Address) != IpScope.Global) continue;
            if (best is null || IsBetter(candidate, best, destination)) best = candidate;
        }

        return best?.Address;
    }

    private static bool IsBetter(LocalAddress a, LocalAddress b, IpAddress destination)
    {
        // Rule 1: the same address. Zones aside, it is met above for this host; a tie otherwise.
        // Rule 2: the smallest scope that still reaches the destination.
        var (scopeOfA, scopeOfB, scope) = (IpScopes.Of(a.Address), IpScopes.Of(b.Address), IpScopes.Of(destination));
        if (scopeOfA < scopeOfB) return scopeOfA >= scope;
        if (scopeOfB < scopeOfA) return scopeOfB < scope;

        // Rule 3: not a deprecated one.
        if (a.State != b.State) return a.State == AddressState.Preferred;

        // Rule 6: the same label, for IPv6's address families within the family.
        var (labelOfA, labelOfB, label) = (Label(a.Address), Label(b.Address), Label(destination));
        if ((labelOfA == label) != (labelOfB == label)) return labelOfA == label;

        // Rule 8: the longest common prefix, no longer than the source's own.
        return CommonPrefix(a, destination) > CommonPrefix(b, destination);
    }

    // The default policy table of RFC 6724 §2.1, longest prefix first.
    private static int Label(IpAddress address)
    {
        if (address.IsV4) return 4;
        var value = address.Value;
        if (value == 1) return 0; // ::1/128
        if (address.IsV4Mapped) return 4; // ::ffff:0:0/96
        if (value >> 32 == 0) return 3; // ::/96
        if (value >> 96 == 0x2001_0000) return 5; // 2001::/32, Teredo
        if (value >> 112 == 0x2002) return 2; // 2002::/16, 6to4
        if (value >> 112 == 0x3FFE) return 12; // 3ffe::/16, 6bone
        if (value >> 118 == 0x3FB) return 11; // fec0::/10
        return value >> 121 == 0x7E ? 13 : 1; // fc00::/7; all others
    }

    private static int CommonPrefix(LocalAddress source, IpAddress destination)
    {
        var difference = source.Address.Value ^ destination.Value;
        var common = (int)UInt128.LeadingZeroCount(difference) - (128 - source.Address.BitLength);
        return Math.Min(common, source.PrefixLength);
    }
}
