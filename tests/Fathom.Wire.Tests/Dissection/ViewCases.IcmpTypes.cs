using Fathom.Wire.Internet;
using Values = System.Collections.Generic.Dictionary<string, object>;

namespace Fathom.Wire.Tests.Dissection;

/// <summary>ICMP's and ICMPv6's messages that have views of their own, beside neighbor and multicast listener discovery.</summary>
internal static partial class ViewCases
{
    private static IEnumerable<ViewCase> IcmpTypeCases()
    {
        var timestamp = Samples.Build(new IcmpHeader(IcmpType.TimestampReply, 0, 0x0003_0004), 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3);
        yield return new("ICMP timestamp", [.. IcmpTimestamp.Layout], timestamp, IcmpTimestamp.FixedLength, true, static bytes =>
            !IcmpTimestamp.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["type"] = v.IsReply,
                ["code"] = v.Code,
                ["checksum"] = v.Checksum,
                ["identifier"] = v.Identifier,
                ["sequenceNumber"] = v.SequenceNumber,
                ["originate"] = v.Originate,
                ["receive"] = v.Receive,
                ["transmit"] = v.Transmit,
            }, e), "type");
        var mask = Samples.Build(new IcmpHeader(IcmpType.AddressMaskReply, 0, 0x0003_0004), 255, 255, 255, 0);
        yield return new("ICMP address mask", [.. IcmpAddressMask.Layout], mask, IcmpAddressMask.FixedLength, true, static bytes =>
            !IcmpAddressMask.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["type"] = v.IsReply,
                ["code"] = v.Code,
                ["checksum"] = v.Checksum,
                ["identifier"] = v.Identifier,
                ["sequenceNumber"] = v.SequenceNumber,
                ["addressMask"] = v.AddressMask,
            }, e), "type");
        var routers = Samples.Build(new IcmpHeader(IcmpType.RouterAdvertisement, 0, 0x0102_0708), [.. Samples.V4A.ToBytes(), 0x80, 0, 0, 0]);
        yield return new("ICMP router advertisement", [.. IcmpRouterAdvertisement.Layout], routers, routers.Length, false, static bytes =>
            !IcmpRouterAdvertisement.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["type"] = 9,
                ["code"] = v.Code,
                ["checksum"] = v.Checksum,
                ["addressCount"] = v.AddressCount,
                ["entrySize"] = v.EntrySize,
                ["lifetime"] = v.Lifetime,
            }, e), "type", "addressCount", "entrySize");
        byte[] name = [0x20, 0, 0, 0, 0, 8, 3, 1, (byte)'e', (byte)'t', (byte)'h', 0];
        foreach (var type in new[] { (byte)IcmpType.ExtendedEchoRequest, (byte)Icmpv6Type.ExtendedEchoRequest })
        {
            yield return new($"extended echo request {type}", [.. ExtendedEchoRequest.Layout], Samples.Build(new IcmpHeader((IcmpType)type, 0, 0x0003_0401), name), ExtendedEchoRequest.FixedLength, false, static bytes =>
                !ExtendedEchoRequest.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
                {
                    ["type"] = bytes[0],
                    ["code"] = v.Code,
                    ["checksum"] = v.Checksum,
                    ["identifier"] = v.Identifier,
                    ["sequenceNumber"] = v.SequenceNumber,
                    ["reserved"] = v.Reserved,
                    ["isLocal"] = v.IsLocal,
                }, e), "type");
        }

        yield return new("extended echo reply", [.. ExtendedEchoReply.Layout], Samples.Build(new IcmpHeader(IcmpType.ExtendedEchoReply, 0, 0x0003_0446)), ExtendedEchoReply.FixedLength, false, static bytes =>
            !ExtendedEchoReply.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["type"] = bytes[0],
                ["code"] = v.Code,
                ["checksum"] = v.Checksum,
                ["identifier"] = v.Identifier,
                ["sequenceNumber"] = v.SequenceNumber,
                ["state"] = v.State,
                ["reserved"] = v.Reserved,
                ["isActive"] = v.IsActive,
                ["hasIpv4"] = v.HasIpv4,
                ["hasIpv6"] = v.HasIpv6,
            }, e), "type");
        yield return new("node information", [.. NodeInformation.Layout], Samples.Icmpv6(new Icmpv6Header(Icmpv6Type.NodeInformationQuery, 0, 0x0003_0002), [1, 2, 3, 4, 5, 6, 7, 8, .. Samples.V6A.ToBytes()]), NodeInformation.FixedLength, false, static bytes =>
            !NodeInformation.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["type"] = v.IsReply,
                ["code"] = v.Code,
                ["checksum"] = v.Checksum,
                ["queryType"] = v.QueryType,
                ["reserved"] = v.Reserved,
                ["globalScope"] = v.GlobalScope,
                ["siteLocal"] = v.SiteLocal,
                ["linkLocal"] = v.LinkLocal,
                ["compatible"] = v.Compatible,
                ["all"] = v.All,
                ["truncated"] = v.Truncated,
                ["nonce"] = v.Nonce,
            }, e), "type");
    }
}
