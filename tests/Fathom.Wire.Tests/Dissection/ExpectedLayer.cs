using System.Globalization;
using System.Text.Json;
using Fathom.Wire.Dissection;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Tests.Dissection;

/// <summary>Compares one layer that TShark saw with the one that Fathom dissected.</summary>
internal static class ExpectedLayer
{
    /// <summary>TShark's layer names and Fathom's; layers that are not here are other protocols'.</summary>
    internal static readonly Dictionary<string, string> Names = new()
    {
        ["eth"] = "ethernet",
        ["vlan"] = "vlan",
        ["ieee8021ad"] = "vlan",
        ["arp"] = "arp",
        ["ip"] = "ipv4",
        ["ipv6"] = "ipv6",
        ["ipv6.fraghdr"] = "ipv6-fragment",
        ["ipv6.hopopts"] = "ipv6-hop-by-hop",
        ["ipv6.dstopts"] = "ipv6-destination-options",
        ["ipv6.routing"] = "ipv6-routing",
        ["tcp"] = "tcp",
        ["udp"] = "udp",
        ["icmp"] = "icmp",
        ["icmpv6"] = "icmpv6",
        ["sll"] = "linux-cooked",
        ["null"] = "loopback",
        ["llc"] = "llc",
        ["ah"] = "ah",
        ["esp"] = "esp",
        ["igmp"] = "igmp",
    };

    private static readonly Dictionary<string, Dictionary<string, string>> Fields = new()
    {
        ["eth"] = new() { ["dst"] = "destination", ["src"] = "source", ["type"] = "typeOrLength", ["len"] = "typeOrLength" },
        ["vlan"] = new() { ["pcp"] = "priority", ["dei"] = "dropEligible", ["vid"] = "vlanId", ["type"] = "typeOrLength" },
        ["ieee8021ad"] = new() { ["pcp"] = "priority", ["dei"] = "dropEligible", ["vid"] = "vlanId" },
        ["arp"] = new()
        {
            ["htype"] = "hardwareType",
            ["ptype"] = "protocolType",
            ["hlen"] = "hardwareLength",
            ["plen"] = "protocolLength",
            ["op"] = "operation",
            ["sha"] = "senderHardwareAddress",
            ["spa"] = "senderProtocolAddress",
            ["tha"] = "targetHardwareAddress",
            ["tpa"] = "targetProtocolAddress",
        },
        ["ip"] = new()
        {
            ["version"] = "version",
            ["dscp"] = "dscp",
            ["ecn"] = "ecn",
            ["len"] = "totalLength",
            ["id"] = "identification",
            ["rb"] = "reservedFlag",
            ["df"] = "dontFragment",
            ["mf"] = "moreFragments",
            ["frag_offset"] = "fragmentOffset",
            ["ttl"] = "timeToLive",
            ["proto"] = "protocol",
            ["checksum"] = "headerChecksum",
            ["src"] = "source",
            ["dst"] = "destination",
        },
        ["ipv6"] = new()
        {
            ["version"] = "version",
            ["flow"] = "flowLabel",
            ["plen"] = "payloadLength",
            ["nxt"] = "nextHeader",
            ["hlim"] = "hopLimit",
            ["src"] = "source",
            ["dst"] = "destination",
        },
        ["ipv6.fraghdr"] = new() { ["nxt"] = "nextHeader", ["offset"] = "fragmentOffset", ["more"] = "moreFragments", ["ident"] = "identification" },
        ["ipv6.hopopts"] = new() { ["nxt"] = "nextHeader" },
        ["ipv6.dstopts"] = new() { ["nxt"] = "nextHeader" },
        ["ipv6.routing"] = new() { ["nxt"] = "nextHeader", ["type"] = "routingType", ["segleft"] = "segmentsLeft" },
        ["udp"] = new() { ["sport"] = "sourcePort", ["dport"] = "destinationPort", ["len"] = "length", ["checksum"] = "checksum" },
        ["tcp"] = new()
        {
            ["sport"] = "sourcePort",
            ["dport"] = "destinationPort",
            ["seq"] = "sequenceNumber",
            ["ack"] = "acknowledgmentNumber",
            ["flags"] = "flags",
            ["win"] = "window",
            ["checksum"] = "checksum",
            ["urg"] = "urgentPointer",
            ["opt_mss"] = "maximumSegmentSize",
            ["opt_wscale"] = "windowScale",
        },
        ["icmp"] = new()
        {
            ["type"] = "type",
            ["code"] = "code",
            ["checksum"] = "checksum",
            ["ident"] = "identifier",
            ["seq"] = "sequenceNumber",
            ["mtu"] = "nextHopMtu",
            ["gateway"] = "gateway",
        },
        ["icmpv6"] = new()
        {
            ["type"] = "type",
            ["code"] = "code",
            ["checksum"] = "checksum",
            ["ident"] = "identifier",
            ["seq"] = "sequenceNumber",
            ["mtu"] = "mtu",
            ["target"] = "target",
            ["destination"] = "destination",
            ["router"] = "router",
            ["solicited"] = "solicited",
            ["override"] = "override",
            ["cur_hop_limit"] = "currentHopLimit",
            ["managed"] = "managed",
            ["other"] = "otherConfiguration",
            ["router_lifetime"] = "routerLifetime",
            ["reachable_time"] = "reachableTime",
            ["retrans_timer"] = "retransmitTimer",
        },
        ["null"] = new() { ["family"] = "addressFamily" },
        ["igmp"] = new() { ["type"] = "type" },
        ["sll"] = new() { ["src"] = "address", ["pkttype"] = "packetType", ["hatype"] = "hardwareType", ["halen"] = "addressLength", ["type"] = "protocol", ["ifindex"] = "interfaceIndex" },
    };

    /// <summary>Every expected value that differs, as "field: expected X, was Y".</summary>
    internal static IEnumerable<string> Differences(JsonElement expected, DissectedLayer layer, ReadOnlyMemory<byte> frame)
    {
        var protocol = expected.GetProperty("p").GetString()!;
        var names = Fields.GetValueOrDefault(protocol) ?? [];
        foreach (var property in expected.EnumerateObject())
        {
            // The layer's name, its place, and what encloses it have been compared when it was found.
            if (property.Name is "p" or "at" or "in") continue;
            var actual = names.TryGetValue(property.Name, out var name) ? Field(layer, name, property.Value) : Special(property, protocol, layer, frame);
            if (actual is null)
            {
                yield return $"{property.Name}: not compared";
                continue;
            }

            var wanted = Text(property.Value);
            if (property.Name == "opt_kinds") wanted = UpToEndOfOptions(wanted);
            if (wanted != actual) yield return $"{property.Name}: expected {wanted}, was {actual}";
        }
    }

    private static string Field(DissectedLayer layer, string name, JsonElement expected)
    {
        if (layer.Fields.Find(name) is not { } field) return "absent";
        return expected.ValueKind == JsonValueKind.Number ? Number(field.Number) : field.Text;
    }

    /// <summary>Fields that are not one field of ours; null for one that this test does not know.</summary>
    private static string? Special(JsonProperty expected, string protocol, DissectedLayer layer, ReadOnlyMemory<byte> frame) => (protocol, expected.Name) switch
    {
        ("eth", "padding") => Padding(layer, frame, expected.Value.GetString()!, fromEnd: false),
        ("eth", "trailer") => Padding(layer, frame, expected.Value.GetString()!, fromEnd: true),
        ("igmp", "version") => Number((ulong)IgmpVersion(layer, frame)),
        ("igmp", "maddr") => List(layer.Fields.Where(f => f.Name is "group" or "groupRecord.group").Select(f => f.Text)),
        ("icmpv6", "mldr_records") => Number((ulong)layer.Fields.Count(f => f.Name == "groupRecord")),
        ("ip" or "tcp", "hlen") => Number(4 * layer.Fields.Single(f => f.Name is "headerLength" or "dataOffset").Number),
        ("ipv6.hopopts" or "ipv6.dstopts" or "ipv6.routing", "len") => Number((ulong)layer.HeaderLength),
        ("ipv6", "tclass") => Number((layer.Fields.Single(f => f.Name == "dscp").Number << 2) | layer.Fields.Single(f => f.Name == "ecn").Number),
        (_, "checksum_status") => ChecksumStatus(layer),
        ("ip", "opt_types") => List(Ipv4Types(layer, frame)),
        ("ipv6.hopopts" or "ipv6.dstopts", "opt_types") => List(Ipv6Types(layer, frame)),
        ("icmpv6", "opt_types") => List(NdOptions(layer, frame).Select(o => Number(o.Type))),
        ("icmpv6", "opt_linkaddr") => List(layer.Fields.Where(f => f.Name.EndsWith("LinkLayerAddress", StringComparison.Ordinal)).Select(f => f.Text)),
        ("icmpv6", "opt_prefix_len") => List(NdOptions(layer, frame).Where(o => o.Prefix is not null).Select(o => Number((ulong)o.PrefixLength))),
        ("icmpv6", "opt_prefix") => List(NdOptions(layer, frame).Where(o => o.Prefix is not null).Select(o => o.Prefix!)),
        ("tcp", "payload_len") => Number((ulong)(layer.Length - layer.HeaderLength)),
        ("tcp", "options") => Convert.ToHexStringLower(frame.Span.Slice(layer.Offset + 20, layer.HeaderLength - 20)),
        ("tcp", "opt_kinds") => UpToEndOfOptions(List(TcpKinds(layer, frame))),
        ("tcp", "opt_sack_perm") => layer.Fields.Any(f => f.Name == "sackPermitted") ? "1" : "absent",
        ("tcp", "opt_tsval") => Number(Options(layer, frame).Timestamps?.Value),
        ("tcp", "opt_tsecr") => Number(Options(layer, frame).Timestamps?.EchoReply),
        ("tcp", "opt_sack_le") => List(Blocks(layer, frame).Select(b => b.Left.ToString())),
        ("tcp", "opt_sack_re") => List(Blocks(layer, frame).Select(b => b.Right.ToString())),
        _ => null,
    };

    // What follows the network layer's end is padding up to the shortest frame's length, and a trailer behind that; Fathom has one field for both.
    private static string Padding(DissectedLayer layer, ReadOnlyMemory<byte> frame, string expected, bool fromEnd)
    {
        if (layer.Fields.Find("padding") is not { } field) return "absent";
        var bytes = frame.Span.Slice(field.BitOffset / 8, field.BitLength / 8);
        var length = Math.Min(bytes.Length, (expected.Length + 1) / 3);
        return string.Join(':', (fromEnd ? bytes[^length..] : bytes[..length]).ToArray().Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
    }

    private static int IgmpVersion(DissectedLayer layer, ReadOnlyMemory<byte> frame)
    {
        Assert.True(IgmpMessage.TryRead(frame.Span.Slice(layer.Offset, layer.Length), out var igmp, out _));
        return igmp.Version;
    }

    // Every option's field has its type as number; the parts of an option are named after it.
    private static List<string> Ipv4Types(DissectedLayer layer, ReadOnlyMemory<byte> frame)
    {
        var types = new List<string>();
        var walk = new Ipv4OptionEnumerator(frame.Span[(layer.Offset + Ipv4Packet.MinHeaderLength)..(layer.Offset + layer.HeaderLength)]);
        while (walk.MoveNext())
        {
            var name = Ipv4OptionLayouts.Of(walk.Current).Name;
            var type = (ulong)walk.Current.Type;
            Assert.Contains(layer.Fields, f => f.Name == name && f.Number == type);
            types.Add(Number(type));
        }

        return types;
    }

    private static List<string> Ipv6Types(DissectedLayer layer, ReadOnlyMemory<byte> frame)
    {
        var types = new List<string>();
        var walk = new Ipv6OptionEnumerator(frame.Span[(layer.Offset + 2)..(layer.Offset + layer.HeaderLength)]);
        while (walk.MoveNext())
        {
            var name = Ipv6OptionLayouts.Of(walk.Current).Name;
            var type = (ulong)walk.Current.Type;
            Assert.Contains(layer.Fields, f => f.Name == name && f.Number == type);
            types.Add(Number(type));
        }

        return types;
    }

    private static string ChecksumStatus(DissectedLayer layer)
    {
        var text = layer.Fields.Single(f => f.Name is "checksum" or "headerChecksum").Text;
        return text == "none" ? "absent"
            : text.EndsWith(", correct", StringComparison.Ordinal) ? "good"
            : text.EndsWith(", incorrect", StringComparison.Ordinal) ? "bad"
            : "unverified";
    }

    private static List<(byte Type, string? Prefix, int PrefixLength)> NdOptions(DissectedLayer layer, ReadOnlyMemory<byte> frame)
    {
        var message = frame.Span.Slice(layer.Offset, layer.Length);
        var start = (Icmpv6Type)message[0] switch
        {
            Icmpv6Type.RouterAdvertisement => RouterAdvertisement.FixedLength,
            Icmpv6Type.RouterSolicitation => RouterSolicitation.FixedLength,
            Icmpv6Type.Redirect => NeighborRedirect.FixedLength,
            _ => NeighborSolicitation.FixedLength,
        };
        var found = new List<(byte, string?, int)>();
        foreach (var option in new NdOptionEnumerator(message[start..]))
        {
            if (option.TryGetPrefixInformation(out var prefix)) found.Add(((byte)option.Type, prefix.Prefix.ToString(), prefix.PrefixLength));
            else if (option.TryGetRouteInformation(out var route)) found.Add(((byte)option.Type, route.Prefix.ToString(), route.PrefixLength));
            else found.Add(((byte)option.Type, null, 0));
        }

        return found;
    }

    private static ReadOnlySpan<byte> TcpOptionBytes(DissectedLayer layer, ReadOnlyMemory<byte> frame)
        => frame.Span.Slice(layer.Offset + TcpSegment.MinHeaderLength, layer.HeaderLength - TcpSegment.MinHeaderLength);

    private static TcpOptions Options(DissectedLayer layer, ReadOnlyMemory<byte> frame) => TcpOptions.Read(TcpOptionBytes(layer, frame));

    private static List<TcpSackBlock> Blocks(DissectedLayer layer, ReadOnlyMemory<byte> frame)
    {
        var blocks = new List<TcpSackBlock>();
        foreach (var option in new TcpOptionEnumerator(TcpOptionBytes(layer, frame)))
        {
            for (var i = 0; i < option.SackBlockCount; i++) blocks.Add(option.GetSackBlock(i));
        }

        return blocks;
    }

    private static List<string> TcpKinds(DissectedLayer layer, ReadOnlyMemory<byte> frame)
    {
        var kinds = new List<string>();
        foreach (var option in new TcpOptionEnumerator(TcpOptionBytes(layer, frame))) kinds.Add(Number((ulong)option.Kind));
        return kinds;
    }

    // RFC 9293 §3.2: what follows the end of options is padding, though TShark goes on listing it.
    private static string UpToEndOfOptions(string kinds)
    {
        var items = kinds.Trim('[', ']').Split(", ");
        var end = Array.IndexOf(items, "0");
        return List(end < 0 ? items : items[..end]);
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => List(value.EnumerateArray().Select(Text)),
        JsonValueKind.Number => value.GetUInt64().ToString(CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private static string List(IEnumerable<string> items) => $"[{string.Join(", ", items)}]";

    private static string Number(ulong? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "absent";
}
