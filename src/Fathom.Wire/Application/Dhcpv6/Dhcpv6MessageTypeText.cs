using System.Globalization;

namespace Fathom.Wire.Application.Dhcpv6;

/// <summary>Names of message types.</summary>
public static class Dhcpv6MessageTypeText
{
    /// <summary>The name as the RFCs write it: "SOLICIT", "RELAY-FORW"; "message 99" for an unknown number.</summary>
    /// <param name="type">The type.</param>
    public static string ToText(this Dhcpv6MessageType type) => type switch
    {
        Dhcpv6MessageType.Solicit => "SOLICIT",
        Dhcpv6MessageType.Advertise => "ADVERTISE",
        Dhcpv6MessageType.Request => "REQUEST",
        Dhcpv6MessageType.Confirm => "CONFIRM",
        Dhcpv6MessageType.Renew => "RENEW",
        Dhcpv6MessageType.Rebind => "REBIND",
        Dhcpv6MessageType.Reply => "REPLY",
        Dhcpv6MessageType.Release => "RELEASE",
        Dhcpv6MessageType.Decline => "DECLINE",
        Dhcpv6MessageType.Reconfigure => "RECONFIGURE",
        Dhcpv6MessageType.InformationRequest => "INFORMATION-REQUEST",
        Dhcpv6MessageType.RelayForward => "RELAY-FORW",
        Dhcpv6MessageType.RelayReply => "RELAY-REPL",
        Dhcpv6MessageType.LeaseQuery => "LEASEQUERY",
        Dhcpv6MessageType.LeaseQueryReply => "LEASEQUERY-REPLY",
        Dhcpv6MessageType.LeaseQueryDone => "LEASEQUERY-DONE",
        Dhcpv6MessageType.LeaseQueryData => "LEASEQUERY-DATA",
        Dhcpv6MessageType.ReconfigureRequest => "RECONFIGURE-REQUEST",
        Dhcpv6MessageType.ReconfigureReply => "RECONFIGURE-REPLY",
        Dhcpv6MessageType.Dhcpv4Query => "DHCPV4-QUERY",
        Dhcpv6MessageType.Dhcpv4Response => "DHCPV4-RESPONSE",
        Dhcpv6MessageType.ActiveLeaseQuery => "ACTIVELEASEQUERY",
        Dhcpv6MessageType.StartTls => "STARTTLS",
        Dhcpv6MessageType.AddressRegistrationInform => "ADDR-REG-INFORM",
        Dhcpv6MessageType.AddressRegistrationReply => "ADDR-REG-REPLY",
        _ => string.Create(CultureInfo.InvariantCulture, $"message {(byte)type}"),
    };
}
