using Fathom.Wire.Internet;
using Values = System.Collections.Generic.Dictionary<string, object>;

namespace Fathom.Wire.Tests.Dissection;

/// <summary>IGMP and multicast listener discovery.</summary>
internal static partial class ViewCases
{
    private static IEnumerable<ViewCase> MulticastCases()
    {
        yield return new("IGMP", [.. IgmpMessage.Layout], Samples.Build(new IgmpHeader(IgmpType.ReportV2, Samples.GroupV4)), IgmpMessage.MinLength, false, static bytes =>
            !IgmpMessage.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["type"] = v.Type,
                ["maxResponseCode"] = v.MaxResponseCode,
                ["checksum"] = v.Checksum,
                ["group"] = v.Group,
            }, e));
        var query = Samples.Build(new IgmpQueryHeader(100, Samples.GroupV4, Sources: new[] { Samples.V4A, Samples.V4B }));
        yield return new("IGMPv3 query", [.. IgmpQuery.Layout], query, query.Length, true, static bytes =>
            !IgmpQuery.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["type"] = 0x11,
                ["maxResponseCode"] = v.MaxResponseCode,
                ["checksum"] = v.Checksum,
                ["group"] = v.Group,
                ["reserved"] = v.Reserved,
                ["suppress"] = v.Suppress,
                ["robustness"] = v.Robustness,
                ["queryIntervalCode"] = v.QueryIntervalCode,
                ["sourceCount"] = v.SourceCount,
            }, e), "type", "sourceCount");
        var report = Samples.Build(new IgmpReportHeader(2), [.. Samples.GroupRecord(Samples.GroupV4, Samples.V4A), .. Samples.GroupRecord(Samples.GroupV4)]);
        yield return new("IGMPv3 report", [.. IgmpReport.Layout], report, report.Length, false, static bytes =>
            !IgmpReport.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["type"] = 0x22,
                ["reserved"] = v.Reserved,
                ["checksum"] = v.Checksum,
                ["reserved2"] = v.Reserved2,
                ["recordCount"] = v.RecordCount,
            }, e), "type", "recordCount");
        yield return new("MLDv1", [.. MldMessage.Layout], Samples.Build(new MldHeader(Icmpv6Type.MulticastListenerReport, Samples.GroupV6)), MldMessage.FixedLength, true, static bytes =>
            !MldMessage.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["type"] = v.Type,
                ["code"] = v.Code,
                ["checksum"] = v.Checksum,
                ["maxResponseDelay"] = v.MaxResponseDelay,
                ["reserved"] = v.Reserved,
                ["group"] = v.Group,
            }, e), "type");
        var queryV6 = Samples.Build(new MldQueryHeader(1000, Samples.GroupV6, Sources: new[] { Samples.V6A }));
        yield return new("MLDv2 query", [.. MldQuery.Layout], queryV6, queryV6.Length, true, static bytes =>
            !MldQuery.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["type"] = 130,
                ["code"] = v.Code,
                ["checksum"] = v.Checksum,
                ["maxResponseCode"] = v.MaxResponseCode,
                ["reserved"] = v.Reserved,
                ["group"] = v.Group,
                ["reserved2"] = v.Reserved2,
                ["suppress"] = v.Suppress,
                ["robustness"] = v.Robustness,
                ["queryIntervalCode"] = v.QueryIntervalCode,
                ["sourceCount"] = v.SourceCount,
            }, e), "type", "sourceCount");
        var reportV6 = Samples.Build(new MldReportHeader(1), Samples.GroupRecord(Samples.GroupV6, Samples.V6A, Samples.V6B));
        yield return new("MLDv2 report", [.. MldReport.Layout], reportV6, reportV6.Length, false, static bytes =>
            !MldReport.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["type"] = 143,
                ["code"] = v.Code,
                ["checksum"] = v.Checksum,
                ["reserved"] = v.Reserved,
                ["recordCount"] = v.RecordCount,
            }, e), "type", "recordCount");
    }
}
