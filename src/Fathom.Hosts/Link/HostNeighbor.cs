using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Hosts.Link;

/// <summary>One entry of the neighbor cache.</summary>
/// <param name="Address">The neighbor's IP address.</param>
/// <param name="InterfaceIndex">The interface on whose link it is.</param>
/// <param name="State">What the host believes of it.</param>
/// <param name="HardwareAddress">Its MAC address, or null while unknown.</param>
/// <param name="IsRouter">It said in a neighbor advertisement that it is a router (IPv6 only).</param>
public sealed record HostNeighbor(IpAddress Address, int InterfaceIndex, NeighborState State, MacAddress? HardwareAddress, bool IsRouter = false);
