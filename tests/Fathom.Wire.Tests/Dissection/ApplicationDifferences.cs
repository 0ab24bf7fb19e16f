namespace Fathom.Wire.Tests.Dissection;

/// <summary>Where Fathom rightly says something else of an application than TShark, with the reason.</summary>
internal static class ApplicationDifferences
{
    private static readonly (string Start, string Part)[] Known =
    [
        // 802.11 behind PPI and radiotap headers: link types that Fathom does not read.
        ("packetnet/80211_", "not found in data@0"),

        // A finished message under keys that the capture brings along for TShark; Fathom has none.
        ("wireshark/http2-brotli.pcapng", "handshake_types: expected [20], was []"),
        ("wireshark/http2_follow_multistream.pcapng", "handshake_types: expected [20], was []"),
        ("wireshark/quic-with-secrets.pcapng", "handshake_types: expected [20], was []"),
        ("wireshark/tls-fragmented-over-tcp-segmented.pcapng", "handshake_types: expected [20], was []"),
        ("wireshark/tls12-dsb.pcapng", "handshake_types: expected [20], was []"),

        // Handshake messages in pieces over many records and segments: TShark keeps the pieces of earlier packets and shows a message
        // where it ends (RFC 8446 §5.1); a packet alone shows it where it begins.
        ("wireshark/tls-fragmented-handshakes.pcap", ": expected "),

        // The capture kept 30 octets of a request, not its whole first line: nothing says yet that it is HTTP (RFC 9112 §3).
        ("wireshark/communityid.pcap #93 http@66", "not found"),

        // Draft 20 of TLS 1.3: its ServerHello has another form than RFC 8446 §4.1.3.
        ("wireshark/tls13-20-chacha20poly1305.pcap", ": expected [4867], was []"),
        ("wireshark/tls13-20-chacha20poly1305.pcap", ": expected [40], was []"),

        // The question's name points forward, which RFC 1035 §4.1.4 rules out; TShark counts the questions that the header promises.
        ("tcpdump/dns_fwdptr.pcap #1 dns@42", "questions: expected 10518, was 0"),

        // DNS over TCP (RFC 1035 §4.2.2) on a port that TShark does not know: a whole message, and nothing else.
        ("tcpdump/dns_tcp_8053.pcap", "claimed"),

        // A segment that begins inside a message: its first two octets are no length (RFC 1035 §4.2.2).
        ("wireshark/dns-ooo.pcap #3 dns@66", "not found"),
    ];

    internal static bool Covers(string difference)
        => Known.Any(known => difference.StartsWith(known.Start, StringComparison.Ordinal) && difference.Contains(known.Part, StringComparison.Ordinal));
}
