using CsCheck;
using Fathom.Wire.Capture;
using Fathom.Wire.Dissection;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Tests.Dissection;

/// <summary>Bytes from the network are hostile: nothing throws, and what is shown lies inside the frame.</summary>
public class FuzzTests
{
    private const long Iterations = 20_000;

    private static readonly int[] LinkTypes =
        [LinkType.Null, LinkType.Ethernet, LinkType.RawIp, LinkType.Loop, LinkType.LinuxCooked, LinkType.LinuxCookedV2, LinkType.Ipv4, LinkType.Ipv6, 105];

    // Both formats' starts in both byte orders, pcapng's with lengths and versions that lead on to the first block.
    private static readonly byte[][] Magics =
    [
        Convert.FromHexString("a1b2c3d4"), Convert.FromHexString("4d3cb2a1"), Convert.FromHexString("0a0d0d0a"), [],
        Convert.FromHexString("0a0d0d0a0000001c1a2b3c4d00010000ffffffffffffffff0000001c"),
        Convert.FromHexString("0a0d0d0a1c0000004d3c2b1a01000000ffffffffffffffff1c0000000100000014000000010000000000000014000000"),
        Convert.FromHexString("a1b2c3d400020004000000000000000000000040000000010000000000000000"),
    ];

    private static readonly byte[][] Seeds =
    [
        Samples.Ethernet(EtherType.Arp, Samples.Arp),
        Samples.Ethernet((EtherType)8, [0xAA, 0xAA, 3, 0, 0, 0, 8, 0]),
        [.. Samples.Build(new EthernetHeader(Samples.MacA, Samples.MacB, EtherType.Vlan)), .. Samples.Build(new VlanHeader(1, EtherType.Ipv4)), .. Samples.Ipv4(IpProtocol.Tcp, Samples.Tcp(Samples.V4A, Samples.V4B, Samples.SynHeader), [7, 7, 4, 1, 2, 3, 4, 0])],
        Samples.Ethernet(EtherType.Ipv4, Samples.Ipv4(IpProtocol.Icmp, Samples.Build(new IcmpHeader(IcmpType.TimeExceeded, 0, 32 << 16), [.. Samples.Ipv4(IpProtocol.Udp, new byte[108]), 0x20, 0, 0, 0, 0, 8, 1, 1, 1, 2, 3, 4]))),
        Samples.Ethernet(EtherType.Ipv6, Samples.Ipv6(IpProtocol.HopByHop, [.. Samples.Build(new Ipv6OptionsHeader(IpProtocol.Routing, new byte[] { 5, 2, 0, 0 })), 44, 2, 0, 1, 0, 0, 0, 0, .. Samples.V6A.ToBytes(), .. Samples.Build(new Ipv6FragmentHeader(IpProtocol.Udp, 0, true, 1)), .. Samples.Udp(Samples.V6A, Samples.V6B, Samples.Data)])),
        Samples.Ethernet(EtherType.Ipv6, Samples.Ipv6(IpProtocol.Icmpv6, Samples.Build(new RouterAdvertisementHeader(64, true, true, 1, 2, 3, 1), [.. Samples.LinkLayerOption(NdOptionType.SourceLinkLayerAddress), 25, 3, 0, 0, 0, 0, 0, 9, .. new byte[16], 24, 2, 48, 8, 0, 0, 0, 9, .. new byte[8]]))),
        Samples.Ethernet(EtherType.Ipv6, Samples.Ipv6(IpProtocol.Icmpv6, Samples.Build(new NeighborRedirectHeader(Samples.V6A, Samples.V6B), [4, 6, 0, 0, 0, 0, 0, 0, .. Samples.Ipv6(IpProtocol.Tcp, [])]))),
        .. ApplicationFuzzTests.Frames,
    ];

    private static readonly byte[][] AllSeeds = [.. Seeds, .. LayerSamples.All().Where(static sample => sample.LinkType == LinkType.Ethernet).Select(static sample => sample.Frame)];

    private static readonly Gen<byte[]> Noise = Gen.Byte.Array[0, 300];

    // A real packet with a few octets changed, and perhaps its end cut off, goes deeper than noise does.
    private static readonly Gen<byte[]> Mutants = Gen.Select(Gen.Int[0, AllSeeds.Length - 1], Gen.Select(Gen.Int[0, 400], Gen.Byte).Array[0, 6], Gen.Int[0, 400], Gen.Int[0, 14])
        .Select((seed, changes, length, skip) =>
        {
            var bytes = AllSeeds[seed].ToArray();
            foreach (var (at, value) in changes) bytes[at % bytes.Length] = value;
            return bytes[Math.Min(skip == 14 ? 14 : 0, bytes.Length)..Math.Max(skip == 14 ? 14 : 0, Math.Min(bytes.Length, length))];
        });

    [Fact]
    public void Noise_is_dissected_without_an_exception() => Gen.Select(Gen.Int[0, LinkTypes.Length - 1].Select(i => LinkTypes[i]), Noise).Sample(CheckDissection, iter: Iterations);

    [Fact]
    public void Mutated_packets_are_dissected_without_an_exception() => Gen.Select(Gen.Int[0, LinkTypes.Length - 1].Select(i => LinkTypes[i]), Mutants).Sample(CheckDissection, iter: Iterations);

    [Fact]
    public void Every_view_reads_or_refuses() => Gen.OneOf(Noise, Mutants).Sample(bytes =>
    {
        Check(EthernetFrame.TryRead(bytes, out _, out var error), error, bytes);
        Check(VlanTag.TryRead(bytes, out _, out error), error, bytes);
        Check(ArpPacket.TryRead(bytes, out _, out error), error, bytes);
        Check(Ipv4Packet.TryRead(bytes, out _, out error), error, bytes);
        Check(Ipv6Packet.TryRead(bytes, out _, out error), error, bytes);
        Check(Ipv6Fragment.TryRead(bytes, out _, out error), error, bytes);
        Check(Ipv6Options.TryRead(bytes, out _, out error), error, bytes);
        Check(Ipv6Routing.TryRead(bytes, out _, out error), error, bytes);
        Check(AuthenticationHeader.TryRead(bytes, out _, out error), error, bytes);
        Check(IcmpMessage.TryRead(bytes, out _, out error), error, bytes);
        Check(Icmpv6Message.TryRead(bytes, out _, out error), error, bytes);
        Check(RouterSolicitation.TryRead(bytes, out _, out error), error, bytes);
        Check(RouterAdvertisement.TryRead(bytes, out _, out error), error, bytes);
        Check(NeighborSolicitation.TryRead(bytes, out _, out error), error, bytes);
        Check(NeighborAdvertisement.TryRead(bytes, out _, out error), error, bytes);
        Check(NeighborRedirect.TryRead(bytes, out _, out error), error, bytes);
        Check(LlcFrame.TryRead(bytes, out _, out error), error, bytes);
        Check(SnapFrame.TryRead(bytes, out _, out error), error, bytes);
        Check(CookedFrame.TryRead(bytes, out _, out error), error, bytes);
        Check(CookedFrameV2.TryRead(bytes, out _, out error), error, bytes);
        Check(LoopbackFrame.TryRead(bytes, out _, out error), error, bytes);
        Check(EncapsulatedPayload.TryRead(bytes, out _, out error), error, bytes);
        Check(MobilityHeader.TryRead(bytes, out _, out error), error, bytes);
        Check(HostIdentityHeader.TryRead(bytes, out _, out error), error, bytes);
        Check(Shim6Header.TryRead(bytes, out _, out error), error, bytes);
        Check(IcmpTimestamp.TryRead(bytes, out _, out error), error, bytes);
        Check(IcmpAddressMask.TryRead(bytes, out _, out error), error, bytes);
        Check(IcmpRouterAdvertisement.TryRead(bytes, out _, out error), error, bytes);
        Check(ExtendedEchoRequest.TryRead(bytes, out _, out error), error, bytes);
        Check(ExtendedEchoReply.TryRead(bytes, out _, out error), error, bytes);
        Check(NodeInformation.TryRead(bytes, out _, out error), error, bytes);
        Check(IgmpMessage.TryRead(bytes, out _, out error), error, bytes);
        Check(IgmpQuery.TryRead(bytes, out _, out error), error, bytes);
        Check(IgmpReport.TryRead(bytes, out _, out error), error, bytes);
        Check(MldMessage.TryRead(bytes, out _, out error), error, bytes);
        Check(MldQuery.TryRead(bytes, out _, out error), error, bytes);
        Check(MldReport.TryRead(bytes, out _, out error), error, bytes);
        Check(UdpDatagram.TryRead(bytes, out _, out error), error, bytes);
        Check(TcpSegment.TryRead(bytes, out _, out error), error, bytes);
        TcpOptions.Read(bytes);
    }, iter: Iterations);

    [Fact]
    public void Capture_files_of_noise_end_in_an_error() => Gen.Select(Gen.Int[0, Magics.Length - 1], Noise).Sample((kind, bytes) =>
    {
        byte[] file = [.. Magics[kind], .. bytes];
        using var reader = new CaptureReader(new MemoryStream(file));
        var packets = 0;
        while (reader.TryRead(out var packet)) Assert.InRange(packet.Bytes.Length, 0, file.Length - packets++);
        if (reader.Error.IsError) Assert.InRange(reader.Error.FileOffset, 0, file.Length);
    }, iter: Iterations);

    internal static void CheckDissection(int linkType, byte[] bytes)
    {
        PacketFacts.TryRead(linkType, bytes, out var facts);
        Assert.InRange(facts.PayloadOffset + facts.PayloadLength, 0, bytes.Length);
        var dissection = Dissector.Dissect(linkType, bytes);
        Assert.NotEmpty(dissection.Summary);
        Assert.DoesNotContain(dissection.Summary, char.IsControl);
        Assert.InRange(dissection.Layers.Count, 0, DissectionContext.MaxLayers + Ipv6ExtensionEnumerator.MaxHeaders + 4);
        foreach (var layer in dissection.Layers)
        {
            Assert.InRange(layer.Offset + layer.Length, layer.Offset, bytes.Length);
            Assert.InRange(layer.HeaderLength, 0, layer.Length);
            Assert.NotEmpty(layer.Summary);
            foreach (var field in layer.Fields)
            {
                Assert.InRange(field.BitOffset, 8 * layer.Offset, 8 * bytes.Length);
                Assert.InRange(field.BitOffset + field.BitLength, field.BitOffset + 1, 8 * bytes.Length);
                Assert.NotEmpty(field.Spec);
                Assert.DoesNotContain(field.Text, char.IsControl);
            }
        }
    }

    private static void Check(bool read, WireError error, byte[] bytes)
    {
        Assert.Equal(read, !error.IsError);
        if (!read) Assert.InRange(error.Offset, 0, bytes.Length);
    }
}
