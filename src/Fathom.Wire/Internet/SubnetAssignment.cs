using System.Numerics;

namespace Fathom.Wire.Internet;

/// <summary>A network of a plan and the prefix that it got.</summary>
/// <param name="Need">What was asked.</param>
/// <param name="Prefix">What it got.</param>
/// <param name="Hosts">The addresses for its hosts.</param>
public sealed record SubnetAssignment(SubnetNeed Need, IpPrefix Prefix, IpHosts Hosts)
{
    /// <summary>Addresses for hosts that were not asked for.</summary>
    public BigInteger Spare => Hosts.Count - Need.Hosts;
}
