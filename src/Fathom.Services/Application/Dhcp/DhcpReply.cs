using Fathom.Wire.Application.Dhcp;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Services.Application.Dhcp;

/// <summary>A server's answer, and where it goes to (RFC 2131 §4.1).</summary>
/// <param name="Message">The message.</param>
/// <param name="To">The address that it goes to.</param>
/// <param name="Port">The port: a client's, or a relay's.</param>
/// <param name="WithoutAddress">The MAC address of a client that does not have the address yet, and answers no ARP for it; null: the address can be asked for.</param>
internal sealed record DhcpReply(DhcpHeader Message, IpAddress To, ushort Port, MacAddress? WithoutAddress);
