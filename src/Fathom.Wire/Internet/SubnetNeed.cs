using System.Numerics;

namespace Fathom.Wire.Internet;

/// <summary>A network that a plan must have room for.</summary>
/// <param name="Name">Its name, for people; may be empty.</param>
/// <param name="Hosts">How many addresses its hosts (and routers) need, from 1.</param>
public sealed record SubnetNeed(string Name, BigInteger Hosts);
