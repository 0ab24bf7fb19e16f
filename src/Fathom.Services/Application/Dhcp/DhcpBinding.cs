using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Services.Application.Dhcp;

/// <summary>An address that a DHCP server knows something of.</summary>
/// <param name="Address">The address.</param>
/// <param name="HardwareAddress">The MAC address of the client that has it, or had it last.</param>
/// <param name="HostName">What the client calls itself (option 12); null: nothing. From the network: escape it before it is shown.</param>
/// <param name="State">How it stands.</param>
/// <param name="Remaining">How long it stays so; zero where it is free.</param>
public sealed record DhcpBinding(IpAddress Address, MacAddress HardwareAddress, string? HostName, DhcpBindingState State, TimeSpan Remaining);
