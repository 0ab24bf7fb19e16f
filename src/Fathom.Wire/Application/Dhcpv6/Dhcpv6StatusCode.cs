using System.Globalization;

namespace Fathom.Wire.Application.Dhcpv6;

/// <summary>DHCPv6 status codes (IANA "DHCPv6 Status Codes", RFC 8415 §21.13).</summary>
public static class Dhcpv6StatusCode
{
    /// <summary>The registered name, "NoAddrsAvail"; "status 99" for an unknown number.</summary>
    /// <param name="code">The number.</param>
    public static string Name(ushort code) => code switch
    {
        0 => "Success",
        1 => "UnspecFail",
        2 => "NoAddrsAvail",
        3 => "NoBinding",
        4 => "NotOnLink",
        5 => "UseMulticast",
        6 => "NoPrefixAvail",
        7 => "UnknownQueryType",
        8 => "MalformedQuery",
        9 => "NotConfigured",
        10 => "NotAllowed",
        11 => "QueryTerminated",
        12 => "DataMissing",
        13 => "CatchUpComplete",
        14 => "NotSupported",
        15 => "TLSConnectionRefused",
        16 => "AddressInUse",
        17 => "ConfigurationConflict",
        18 => "MissingBindingInformation",
        19 => "OutdatedBindingInformation",
        20 => "ServerShuttingDown",
        21 => "DNSUpdateNotSupported",
        22 => "ExcessiveTimeSkew",
        _ => string.Create(CultureInfo.InvariantCulture, $"status {code}"),
    };
}
