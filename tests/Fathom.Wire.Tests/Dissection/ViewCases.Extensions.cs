using Fathom.Wire.Internet;
using Values = System.Collections.Generic.Dictionary<string, object>;

namespace Fathom.Wire.Tests.Dissection;

/// <summary>IPsec's payload, the types of routing headers, and the headers of hosts that move.</summary>
internal static partial class ViewCases
{
    private static IEnumerable<ViewCase> ExtensionCases()
    {
        yield return new("ESP", [.. EncapsulatedPayload.Layout], [1, 2, 3, 4, 0, 0, 0, 9, .. Samples.Data], EncapsulatedPayload.HeaderLength, false, static bytes =>
            !EncapsulatedPayload.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["securityParametersIndex"] = v.SecurityParametersIndex,
                ["sequenceNumber"] = v.SequenceNumber,
            }, e));
        foreach (var type in new byte[] { Ipv6Routing.SourceRoute, Ipv6Routing.MobileIpv6, Ipv6Routing.RplSourceRoute, Ipv6Routing.SegmentRouting })
        {
            byte[] sample = [6, 2, type, 1, 0, 0, 0, 0, .. Samples.V6A.ToBytes()];
            yield return new($"routing type {type}", [.. Ipv6Routing.LayoutOf(type)], sample, sample.Length, true, bytes =>
            {
                if (!Ipv6Routing.TryRead(bytes, out var v, out var e)) return (null, e);
                var values = new Values
                {
                    ["nextHeader"] = v.NextHeader,
                    ["headerExtensionLength"] = v.HeaderLength,
                    ["routingType"] = v.RoutingType,
                    ["segmentsLeft"] = v.SegmentsLeft,
                };
                switch (type)
                {
                    case Ipv6Routing.RplSourceRoute:
                        values["compressedOctets"] = v.CompressedOctets;
                        values["compressedOctetsOfLast"] = v.CompressedOctetsOfLast;
                        values["padding"] = v.Padding;
                        values["reserved"] = v.TypeWord & 0xF_FFFF;
                        break;
                    case Ipv6Routing.SegmentRouting:
                        values["lastEntry"] = v.LastEntry;
                        values["flags"] = v.SegmentRoutingFlags;
                        values["tag"] = v.Tag;
                        break;
                    default:
                        values["reserved"] = v.TypeWord;
                        break;
                }

                return (values, e);
            }, "headerExtensionLength");
        }

        byte[] mobility = [59, 1, 5, 0, 1, 2, .. new byte[10]];
        yield return new("mobility", [.. MobilityHeader.Layout], mobility, mobility.Length, true, static bytes =>
            !MobilityHeader.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["nextHeader"] = v.NextHeader,
                ["headerExtensionLength"] = v.HeaderLength,
                ["messageType"] = v.MessageType,
                ["reserved"] = v.Reserved,
                ["checksum"] = v.Checksum,
            }, e), "headerExtensionLength");
        byte[] identity = [59, 4, 1, 0x21, 1, 2, 0, 1, .. Samples.V6A.ToBytes(), .. Samples.V6B.ToBytes()];
        yield return new("HIP", [.. HostIdentityHeader.Layout], identity, identity.Length, true, static bytes =>
            !HostIdentityHeader.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["nextHeader"] = v.NextHeader,
                ["headerLength"] = v.HeaderLength,
                ["fixedZero"] = v.FixedZero,
                ["packetType"] = v.PacketType,
                ["version"] = v.Version,
                ["reserved"] = v.Reserved,
                ["fixedOne"] = v.FixedOne,
                ["checksum"] = v.Checksum,
                ["controls"] = v.Controls,
                ["senderIdentityTag"] = v.SenderIdentityTag,
                ["receiverIdentityTag"] = v.ReceiverIdentityTag,
            }, e), "headerLength");
        byte[] shim = [59, 0, 1, 0, 1, 2, 3, 4];
        yield return new("Shim6 control", [.. Shim6Header.LayoutOf(isPayload: false)], shim, shim.Length, true, static bytes =>
            !Shim6Header.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["nextHeader"] = v.NextHeader,
                ["headerExtensionLength"] = v.HeaderLength,
                ["isPayload"] = v.IsPayload,
                ["messageType"] = v.MessageType,
                ["typeSpecific"] = v.TypeSpecific,
                ["fixedZero"] = v.FixedZero,
                ["checksum"] = v.Checksum,
                ["typeSpecific2"] = v.TypeSpecific2,
            }, e), "headerExtensionLength");
        byte[] shimPayload = [6, 0, 0x80, 0, 1, 2, 3, 4];
        yield return new("Shim6 payload", [.. Shim6Header.LayoutOf(isPayload: true)], shimPayload, shimPayload.Length, true, static bytes =>
            !Shim6Header.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["nextHeader"] = v.NextHeader,
                ["headerExtensionLength"] = v.HeaderLength,
                ["isPayload"] = v.IsPayload,
                ["receiverContextTag"] = v.ReceiverContextTag,
            }, e), "headerExtensionLength");
    }
}
