using Fathom.Wire.Link;
using Values = System.Collections.Generic.Dictionary<string, object>;

namespace Fathom.Wire.Tests.Dissection;

/// <summary>LLC and SNAP, and the headers that captures put in the place of a link's.</summary>
internal static partial class ViewCases
{
    private static IEnumerable<ViewCase> LogicalLinkCases()
    {
        static (Values?, WireError) ReadLlc(byte[] bytes) => !LlcFrame.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
        {
            ["destinationServiceAccessPoint"] = v.Destination,
            ["sourceServiceAccessPoint"] = v.Source,
            ["control"] = v.Control,
        }, e);
        yield return new("LLC", [.. LlcFrame.Layout], Samples.Build(LlcHeader.Snap, Samples.Data), LlcFrame.MinHeaderLength, false, ReadLlc);
        yield return new("LLC, numbered", [.. LlcFrame.LayoutOf(LlcFormat.Information)], [0x42, 0x43, 6, 8, .. Samples.Data], LlcFrame.MinHeaderLength + 1, false, ReadLlc);
        yield return new("SNAP", [.. SnapFrame.Layout], Samples.Build(new SnapHeader(EtherType.Arp), Samples.Data), SnapFrame.HeaderLength, false, static bytes =>
            !SnapFrame.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values { ["organization"] = v.Organization, ["type"] = v.Type }, e));
        byte[] cooked = [0, 4, 0, 1, 0, 6, 2, 0, 0, 0, 0, 10, 0, 0, 8, 0, .. Samples.Data];
        yield return new("Linux cooked", [.. CookedFrame.Layout], cooked, CookedFrame.HeaderLength, false, static bytes =>
            !CookedFrame.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["packetType"] = v.PacketType,
                ["hardwareType"] = v.HardwareType,
                ["addressLength"] = v.AddressLength,
                ["address"] = Convert.ToHexString(v.AddressField),
                ["protocol"] = v.Protocol,
            }, e));
        byte[] cookedV2 = [0x86, 0xDD, 0, 0, 0, 0, 0, 2, 3, 4, 1, 6, 2, 0, 0, 0, 0, 10, 0, 0, .. Samples.Data];
        yield return new("Linux cooked v2", [.. CookedFrameV2.Layout], cookedV2, CookedFrameV2.HeaderLength, false, static bytes =>
            !CookedFrameV2.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["protocol"] = v.Protocol,
                ["reserved"] = v.Reserved,
                ["interfaceIndex"] = v.InterfaceIndex,
                ["hardwareType"] = v.HardwareType,
                ["packetType"] = v.PacketType,
                ["addressLength"] = v.AddressLength,
                ["address"] = Convert.ToHexString(v.AddressField),
            }, e));
        yield return new("loopback", [.. LoopbackFrame.Layout], [0, 0, 0, 2, .. Samples.Data], LoopbackFrame.HeaderLength, false, static bytes =>
            !LoopbackFrame.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values { ["addressFamily"] = v.AddressFamily }, e));
    }
}
