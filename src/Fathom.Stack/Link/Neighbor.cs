using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Stack.Link;

/// <summary>A neighbor, as it is known now.</summary>
/// <param name="Interface">On which link.</param>
/// <param name="Address">Its address.</param>
/// <param name="HardwareAddress">Its MAC address; null where it is not known.</param>
/// <param name="State">What is known.</param>
/// <param name="IsRouter">It has said that it is a router (RFC 4861 §4.4).</param>
/// <param name="Waiting">Packets that wait for its MAC address.</param>
public sealed record Neighbor(NetworkInterface Interface, IpAddress Address, MacAddress? HardwareAddress, ReachabilityState State, bool IsRouter, int Waiting);
