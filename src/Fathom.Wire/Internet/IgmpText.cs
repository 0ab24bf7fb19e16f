using System.Globalization;

namespace Fathom.Wire.Internet;

/// <summary>IGMP's and MLD's types in words.</summary>
public static class IgmpText
{
    /// <summary>The type in words: "membership query".</summary>
    /// <param name="type">The type.</param>
    public static string Describe(this IgmpType type) => type switch
    {
        IgmpType.MembershipQuery => "membership query",
        IgmpType.ReportV1 => "membership report v1",
        IgmpType.Dvmrp => "DVMRP",
        IgmpType.PimV1 => "PIM version 1",
        IgmpType.ReportV2 => "membership report v2",
        IgmpType.LeaveGroup => "leave group",
        IgmpType.TracerouteResponse => "multicast traceroute response",
        IgmpType.Traceroute => "multicast traceroute",
        IgmpType.ReportV3 => "membership report v3",
        IgmpType.RouterAdvertisement => "multicast router advertisement",
        IgmpType.RouterSolicitation => "multicast router solicitation",
        IgmpType.RouterTermination => "multicast router termination",
        _ => string.Create(CultureInfo.InvariantCulture, $"type {(byte)type}"),
    };

    /// <summary>What a group record says: "is include", "to exclude".</summary>
    /// <param name="type">The record's type.</param>
    public static string Describe(this MulticastRecordType type) => type switch
    {
        MulticastRecordType.ModeIsInclude => "is include",
        MulticastRecordType.ModeIsExclude => "is exclude",
        MulticastRecordType.ChangeToInclude => "to include",
        MulticastRecordType.ChangeToExclude => "to exclude",
        MulticastRecordType.AllowNewSources => "allow new sources",
        MulticastRecordType.BlockOldSources => "block old sources",
        _ => string.Create(CultureInfo.InvariantCulture, $"record type {(byte)type}"),
    };
}
