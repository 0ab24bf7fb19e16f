using System.Numerics;

namespace Fathom.Wire.Internet;

/// <summary>
/// A plan of networks of different sizes inside one prefix (variable length subnet masks, RFC 1878's and RFC 4632's way). The
/// largest are placed first: each then begins where the last one ended, and no hole is left between them.
/// </summary>
public abstract record SubnetPlan
{
    // RFC 4291 §2.5.1, RFC 7421: interface identifiers have 64 bits, and SLAAC works with no other prefix length.
    private const int UsualV6Length = 64;

    private SubnetPlan()
    {
    }

    /// <summary>All fit.</summary>
    /// <param name="Assignments">Who got what, in order of address.</param>
    /// <param name="Free">What is left, as the fewest prefixes.</param>
    public sealed record Fits(IReadOnlyList<SubnetAssignment> Assignments, IReadOnlyList<IpPrefix> Free) : SubnetPlan;

    /// <summary>They do not all fit.</summary>
    /// <param name="First">The first network, largest first, for which there was no room.</param>
    /// <param name="NeededLength">The prefix length that it would have needed; negative where no address space is large enough.</param>
    /// <param name="Free">What was left when its turn came, as the fewest prefixes.</param>
    /// <param name="TotalNeeded">Addresses that all networks together take.</param>
    public sealed record DoesNotFit(SubnetNeed First, int NeededLength, IReadOnlyList<IpPrefix> Free, BigInteger TotalNeeded) : SubnetPlan;

    /// <summary>Makes the plan.</summary>
    /// <param name="space">The prefix to divide.</param>
    /// <param name="needs">The networks, each of at least one host.</param>
    /// <param name="pointToPoint">Networks of two hosts get a /31 (RFC 3021) or /127 (RFC 6164) instead of a prefix with network and broadcast address.</param>
    /// <param name="tight">IPv6: prefixes as long as the hosts allow. Else every network gets a /64, whatever its hosts.</param>
    public static SubnetPlan Make(IpPrefix space, IEnumerable<SubnetNeed> needs, bool pointToPoint = false, bool tight = false)
    {
        ArgumentNullException.ThrowIfNull(needs);
        var sized = needs.Select(need => (Need: need, Length: LengthFor(space.Version, need.Hosts, pointToPoint, tight))).OrderBy(static n => n.Length).ToArray();
        var total = sized.Aggregate(BigInteger.Zero, (sum, n) => sum + (BigInteger.One << (space.Address.BitLength - n.Length)));
        var assignments = new List<SubnetAssignment>(sized.Length);
        var end = (BigInteger)space.Address.Value;
        foreach (var (need, length) in sized)
        {
            var size = BigInteger.One << (space.Address.BitLength - length);
            if (length < space.Length || end + size > (BigInteger)space.Last.Value + 1) return new DoesNotFit(need, length, Rest(space, assignments), total);
            var prefix = new IpPrefix(IpPrefix.Make(space.Version, (UInt128)end), length);
            assignments.Add(new SubnetAssignment(need, prefix, IpHosts.Of(prefix)));
            end += size;
        }

        return new Fits(assignments, Rest(space, assignments));
    }

    /// <summary>The longest prefix length whose prefixes have so many addresses for hosts; negative where none has.</summary>
    /// <param name="version">The version.</param>
    /// <param name="hosts">How many, from 1.</param>
    /// <param name="pointToPoint">Two hosts get a /31 or /127.</param>
    /// <param name="tight">IPv6: not a /64 by habit.</param>
    public static int LengthFor(IpVersion version, BigInteger hosts, bool pointToPoint = false, bool tight = false)
    {
        if (hosts.Sign <= 0) throw new ArgumentOutOfRangeException(nameof(hosts), "A network has at least one host.");
        var bits = version == IpVersion.V6 ? 128 : 32;
        if (pointToPoint && hosts == 2) return bits - 1;
        var reserved = version == IpVersion.V6 ? 1 : 2;
        // A network has at least two host bits: below that lie the host route and the point-to-point link, which are not asked for.
        var hostBits = Math.Max(2, (int)(hosts + reserved - 1).GetBitLength());
        return version == IpVersion.V6 && !tight ? Math.Min(UsualV6Length, bits - hostBits) : bits - hostBits;
    }

    private static IReadOnlyList<IpPrefix> Rest(IpPrefix space, List<SubnetAssignment> assignments) => IpPrefixes.Exclude(space, assignments.Select(static a => a.Prefix));
}
