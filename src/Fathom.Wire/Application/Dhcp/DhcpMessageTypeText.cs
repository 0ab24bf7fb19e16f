using System.Globalization;

namespace Fathom.Wire.Application.Dhcp;

/// <summary>Names of message types.</summary>
public static class DhcpMessageTypeText
{
    /// <summary>The name as the RFCs write it: "DHCPDISCOVER"; "BOOTP" for none, "DHCP message 99" for an unknown number.</summary>
    /// <param name="type">The type.</param>
    public static string ToText(this DhcpMessageType type) => type switch
    {
        DhcpMessageType.None => "BOOTP",
        _ when Enum.IsDefined(type) => "DHCP" + type.ToString().ToUpperInvariant(),
        _ => string.Create(CultureInfo.InvariantCulture, $"DHCP message {(byte)type}"),
    };
}
