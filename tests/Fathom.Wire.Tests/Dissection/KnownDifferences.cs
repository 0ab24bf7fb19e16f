namespace Fathom.Wire.Tests.Dissection;

/// <summary>Where Fathom rightly says something else than TShark, with the reason.</summary>
internal static class KnownDifferences
{
    private static readonly (string Start, string Part)[] Known =
    [
        // The EtherType says IPv4 and the version field says 6. A host drops such a packet (RFC 1122 §3.2.1.1); TShark goes by the version.
        ("handmade/ethernet-be-nsec.pcap #11 ipv6@14", "not found"),

        // The sending host's segmentation offload left a total length of zero. TShark shows the length it infers; the field on the wire
        // is zero, and RFC 791 §3.1 allows no checksum over a length that is not known.
        ("packetnet/ip_packet_bogus_length.pcap #1 ip@14", "len: expected 1512, was 0"),
        ("packetnet/ip_packet_bogus_length.pcap #1 tcp@34", "checksum_status: expected bad, was unverified"),
        ("packetnet/ipv4_tso_frame.pcap #1 ip@14", "len: expected 5848, was 0"),
        ("packetnet/ipv4_tso_frame.pcap #1 tcp@34", "checksum_status: expected bad, was unverified"),

        // An Ethernet II frame has no length (IEEE 802.3 §3.2.6): only the protocol inside says where padding begins, and LLDP is not taken apart here.
        ("packetnet/lldp.pcap #1 eth@0", "trailer: expected 10:00:00, was absent"),

        // The capture kept 96 octets: TShark counts what the IP header states, a layer's length here is what is there.
        ("wireshark/communityid.pcap #93 tcp@34", "payload_len: expected 496, was 30"),
        ("wireshark/communityid.pcap #95 tcp@34", "payload_len: expected 1448, was 30"),
        ("wireshark/communityid.pcap #97 tcp@34", "payload_len: expected 283, was 30"),
    ];

    internal static bool Covers(string difference)
        => Known.Any(known => difference.StartsWith(known.Start, StringComparison.Ordinal) && difference.Contains(known.Part, StringComparison.Ordinal));
}
