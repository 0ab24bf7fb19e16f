namespace Fathom.Wire.Tests.Dissection;

/// <summary>Fields that TShark shows of the samples and Fathom shows otherwise, with the reason.</summary>
internal static class TsharkDifferences
{
    private static readonly (string Sample, string Field)[] Known =
    [
        // Bits of a MAC address, of which the address itself tells: MacAddress has them as properties.
        ("", "eth.dst."),
        ("", "eth.src."),

        // Type and length of an option are the option's own field: its name, and the octets that it takes.
        ("", "tcp.option_kind"),
        ("", "tcp.option_len"),
        ("", "ip.opt.type"),
        ("", "ip.opt.len"),
        ("", "ipv6.opt.type"),
        ("", "ipv6.opt.length"),
        ("", "icmpv6.opt.type"),
        ("", "icmpv6.opt.length"),

        ("", "ipv6.opt.pad"),

        // An option with one value is that value.
        ("", "tcp.options.mss_val"),
        ("", "tcp.options.wscale"),
        ("", "tcp.options.echo_value"),
        ("", "tcp.options.cc_value"),
        ("", "tcp.options.unknown.payload"),
        ("", "icmpv6.opt.linkaddr"),

        // What is no field of a header: payloads, and values in other words.
        ("", "tcp.payload"),
        ("", "tcp.segment_data"),
        ("", "udp.payload"),
        ("", "icmpv6.opt.redirected_packet"),
        ("", "tcp.flags.str"),
        ("", "tcp.flags.ace"),
        ("", "ipv6.routing.rpl.addr_count"),
        ("", "igmp.max_resp."),
        ("TCP multipath remove address", "mptcp.rm_addr.count"),

        // TShark draws these two within twelve bits and names the first octet of two; ConformanceTests compares the flags.
        ("", "tcp.flags.res"),
        ("", "tcp.flags.ae"),

        // LLC's service access points and control octets are one field each; LlcText says their parts (IEEE 802.2 §5.4).
        ("", "llc.dsap."),
        ("", "llc.ssap."),
        ("", "llc.control."),

        // TShark names the octets without saying which bits it means: RFC 4884 §7 has four, RFC 9268 §5 fifteen and one, RFC 7401 §5.1 and RFC 5533 §5 these.
        ("", "icmp.ext.version"),
        ("", "ipv6.opt.pmtu.r"),
        ("HIP", "hip."),
        ("Shim6", "shim6."),

        // Two reserved parts around the preference (RFC 4191 §2.3), which TShark draws as one.
        ("", "icmpv6.opt.route_info.flag.reserved"),

        // RFC 4884 §4: one of these octets counts the quoted packet.
        ("ICMP parameter problem", "icmp.unused"),
        ("ICMP time exceeded with an uncounted quote", "icmp.unused"),

        // Tags of a labelling that only its own domain can read (FIPS 188), and the trace data of IOAM (RFC 9197): named, and shown as octets.
        ("IPv4 commercial security", "ip.cipso."),
        ("", "ipv6.opt.ioam.trace."),

        // Messages of mobile IPv6 are shown by name and length.
        ("mobility", "mip6."),

        // RFC 9762 §4 gave one of the reserved bits a meaning.
        ("", "icmpv6.opt.prefix.flag.reserved"),

        // RFC 3971 §5.3.1: 48 bits of seconds and 16 of their fraction. Its padding is not told from what it pads, which only the length does.
        ("ICMPv6 router advertisement: timestamp", "icmpv6.opt.timestamp"),
        ("ICMPv6 router advertisement: CGA", "icmpv6.opt.cga"),
        ("ICMPv6 router advertisement: certificate", "icmpv6.opt.padding"),

        // RFC 5175 §4: the option's bits are those behind the eight of the header, not the eight once more.
        ("ICMPv6 router advertisement: flags extension", "icmpv6.opt."),

        // RFC 8505 §4.1 has fields in what RFC 6775 reserved, RFC 9463 an option that is new.
        ("ICMPv6 router advertisement: address registration", "icmpv6.opt.reserved"),
        ("ICMPv6 router advertisement: encrypted DNS", "icmpv6.data"),

        // RFC 4620 §6.2: the name ends at the answer's end, two zeros behind it included.
        ("ICMPv6 node information reply", "icmpv6.ni.reply.node_name"),

        // RFC 7609 §3.1: this experiment's identifier has 32 bits.
        ("TCP shared memory", "tcp.options.experimental."),
    ];

    internal static bool Covers(string sample, string field)
        => Known.Any(known => sample.StartsWith(known.Sample, StringComparison.Ordinal) && field.StartsWith(known.Field, StringComparison.Ordinal));
}
