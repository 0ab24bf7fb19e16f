using System.Text;
using Fathom.Wire.Application.Dhcp;
using Fathom.Wire.Link;

namespace Fathom.Services.Application.Dhcp;

/// <summary>By what a server knows a client (RFC 2131 §4.2): its identifier where it tells one, else its MAC address.</summary>
/// <param name="Key">Equal for one client.</param>
/// <param name="HardwareAddress">Its MAC address.</param>
/// <param name="HostName">What it calls itself (option 12), or null.</param>
internal readonly record struct ClientIdentity(string Key, MacAddress HardwareAddress, string? HostName)
{
    // RFC 1035 §2.3.4 has names no longer.
    private const int MaximumName = 255;

    /// <summary>Reads it from a message; false where the client is not on Ethernet.</summary>
    public static bool TryRead(in DhcpMessage message, out ClientIdentity identity)
    {
        identity = default;
        if (message.ClientMac is not { IsGroup: false } mac) return false;
        Span<byte> octets = stackalloc byte[MaximumName];
        var name = message.TryGetOption(DhcpOptionCode.HostName, octets, out var length) && length > 0 ? Encoding.ASCII.GetString(octets[..length].TrimEnd((byte)0)) : null;

        // RFC 2132 §9.14: two octets at least.
        var key = message.TryGetOption(DhcpOptionCode.ClientIdentifier, octets, out length) && length >= 2 ? Convert.ToHexString(octets[..length]) : mac.ToString();
        identity = new ClientIdentity(key, mac, name);
        return true;
    }
}
