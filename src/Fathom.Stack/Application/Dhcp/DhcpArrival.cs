namespace Fathom.Stack.Application.Dhcp;

/// <summary>Takes a message that arrived for a DHCP client.</summary>
/// <param name="message">Its octets.</param>
/// <param name="now">When it came, in the driver's time.</param>
internal delegate void DhcpArrival(ReadOnlySpan<byte> message, TimeSpan now);
