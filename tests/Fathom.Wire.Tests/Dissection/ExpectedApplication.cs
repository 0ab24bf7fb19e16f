using System.Globalization;
using System.Text;
using System.Text.Json;
using Fathom.Wire.Application.Tls;
using Fathom.Wire.Dissection;

namespace Fathom.Wire.Tests.Dissection;

/// <summary>Compares one application's layer that TShark saw with the one that Fathom dissected.</summary>
internal static class ExpectedApplication
{
    internal static readonly HashSet<string> Protocols = ["dns", "mdns", "llmnr", "http", "tls", "dhcp", "dhcpv6", "ntp", "quic"];

    private static readonly Dictionary<string, string> DnsData = new()
    {
        ["a"] = "address",
        ["aaaa"] = "address",
        ["cname"] = "cname",
        ["ns"] = "nsdname",
        ["ptr.domain_name"] = "ptrdname",
        ["nsec.next_domain_name"] = "nextName",
        ["soa.mname"] = "mname",
        ["soa.rname"] = "rname",
        ["soa.serial_number"] = "serial",
        ["soa.refresh_interval"] = "refresh",
        ["soa.retry_interval"] = "retry",
        ["soa.expire_limit"] = "expire",
        ["soa.minimum_ttl"] = "minimum",
        ["rr.udp_payload_size"] = "udpPayloadSize",
        ["resp.ext_rcode"] = "extendedRcode",
        ["resp.edns0_version"] = "ednsVersion",
        ["resp.z.do"] = "do",
        ["resp.z.reserved"] = "ednsZ",
        ["opt.code"] = "option",
        ["srv.priority"] = "priority",
        ["srv.weight"] = "weight",
        ["srv.port"] = "port",
        ["srv.target"] = "target",
        ["mx.preference"] = "preference",
        ["mx.mail_exchange"] = "exchange",
    };

    private static readonly Dictionary<string, string> DhcpOptions = new()
    {
        ["message_type"] = "messageType",
        ["subnet_mask"] = "subnetMask",
        ["lease_time"] = "leaseTime",
        ["server_id"] = "serverIdentifier",
        ["hostname"] = "hostName",
        ["router"] = "router",
        ["dns"] = "domainNameServer",
    };

    /// <summary>A layer with fields; without, it is the middle of something, which a packet alone does not show.</summary>
    internal static bool MustBeFound(JsonElement expected)
    {
        // Decrypted with keys that the capture brings along: Fathom has none. What was decrypted has offsets of its own, from zero.
        if (expected.TryGetProperty("in", out _) || expected.GetProperty("at").GetInt32() == 0) return false;
        return expected.GetProperty("p").GetString() switch
        {
            "tls" => expected.TryGetProperty("records", out _),
            "http" => expected.TryGetProperty("method", out _) || expected.TryGetProperty("code", out _),
            "quic" => false,
            _ => true,
        };
    }

    internal static IEnumerable<string> Differences(JsonElement expected, DissectedLayer layer, ReadOnlyMemory<byte> frame) => layer.Protocol switch
    {
        "dns" or "mdns" or "llmnr" => Dns(expected, layer, frame),
        "http" => Http(expected, layer, frame),
        "tls" => Tls(expected, layer),
        "dhcp" => Dhcp(expected, layer),
        _ => [],
    };

    private static IEnumerable<string> Dns(JsonElement expected, DissectedLayer layer, ReadOnlyMemory<byte> frame)
    {
        foreach (var name in new[] { "id", "qr", "opcode", "aa", "tc", "rd", "ra", "ad", "cd", "rcode", "qdcount", "ancount", "nscount", "arcount" })
        {
            if (expected.TryGetProperty(name, out var value) && Number(layer, name) is var actual && actual != value.ToString()) yield return $"{name}: expected {value}, was {actual}";
        }

        var length = layer.Fields.Find("messageLength");
        if (expected.TryGetProperty("tcp_length", out var stated) && Text(length?.Number) != stated.ToString()) yield return $"tcp_length: expected {stated}, was {length?.Number}";
        if (expected.TryGetProperty("flags", out var flags))
        {
            var at = layer.Offset + (length is null ? 2 : 4);
            var actual = (frame.Span[at] << 8) | frame.Span[at + 1];
            if (actual != flags.GetInt32()) yield return $"flags: expected {flags}, was {actual}";
        }

        foreach (var difference in Questions(expected, layer)) yield return difference;
        foreach (var (section, heading) in new[] { ("answers", "answer"), ("authority", "authority"), ("additional", "additional") })
        {
            if (!expected.TryGetProperty(section, out var records)) continue;
            var ours = Records(layer, heading);
            if (ours.Count != records.GetArrayLength())
            {
                yield return $"{section}: expected {records.GetArrayLength()}, was {ours.Count}";
                continue;
            }

            foreach (var (record, fields) in records.EnumerateArray().Zip(ours))
            {
                foreach (var difference in Record(record, fields)) yield return $"{section} {difference}";
            }
        }
    }

    private static IEnumerable<string> Questions(JsonElement expected, DissectedLayer layer)
    {
        if (!expected.TryGetProperty("questions", out var questions)) yield break;
        var names = layer.Fields.Where(static f => f.Name == "questionName").Select(static f => f.Text).ToList();
        var types = layer.Fields.Where(static f => f.Name == "questionType").ToList();
        var classes = layer.Fields.Where(static f => f.Name == "questionClass").ToList();
        var unicast = layer.Fields.Where(static f => f.Name == "unicastResponse").ToList();
        if (names.Count != questions.GetArrayLength()) yield return $"questions: expected {questions.GetArrayLength()}, was {names.Count}";
        var i = 0;
        foreach (var question in questions.EnumerateArray().Take(names.Count))
        {
            if (DnsName(question.GetProperty("name").GetString()!) != names[i]) yield return $"question: expected {question}, was {names[i]}";
            if (question.GetProperty("type").ToString() != Text(types[i].Number)) yield return $"question type: expected {question}, was {types[i].Number}";
            if (question.GetProperty("class").ToString() != Text(classes[i].Number)) yield return $"question class: expected {question}, was {classes[i].Number}";
            if (question.TryGetProperty("qu", out var qu) && qu.ToString() != Text(unicast[i].Number)) yield return $"question qu: expected {question}, was {unicast[i].Number}";
            i++;
        }
    }

    private static List<List<DissectedField>> Records(DissectedLayer layer, string heading)
    {
        var records = new List<List<DissectedField>>();
        List<DissectedField>? current = null;
        foreach (var field in layer.Fields)
        {
            if (field.Name is "answer" or "authority" or "additional")
            {
                current = [];
                if (field.Name == heading) records.Add(current);
            }

            current?.Add(field);
        }

        return records;
    }

    private static IEnumerable<string> Record(JsonElement record, List<DissectedField> fields)
    {
        string? Find(string name, bool isText) => fields.Where(f => f.Name == name).Select(f => isText ? f.Text : Text(f.Number)).FirstOrDefault();
        var wanted = DnsName(record.GetProperty("name").GetString()!);
        if (wanted != Find("name", true)) yield return $"name: expected {wanted}, was {Find("name", true)}";
        foreach (var (key, name) in new[] { ("type", "type"), ("class", "class"), ("ttl", "ttl"), ("rdlength", "rdlength"), ("cache_flush", "cacheFlush") })
        {
            if (record.TryGetProperty(key, out var value) && Find(name, false) is { } actual && actual != value.ToString()) yield return $"{key}: expected {value}, was {actual}";
        }

        if (!record.TryGetProperty("rdata", out var data) || data.ValueKind != JsonValueKind.Object) yield break;
        foreach (var property in data.EnumerateObject())
        {
            if (!DnsData.TryGetValue(property.Name, out var name)) continue;
            var isText = property.Value.ValueKind == JsonValueKind.String;
            var expected = isText ? DnsName(property.Value.GetString()!) : property.Value.ToString();
            if (Find(name, isText) is var actual && actual != expected) yield return $"{property.Name}: expected {expected}, was {actual}";
        }
    }

    // TShark writes the root as "<Root>".
    private static string DnsName(string name) => name == "<Root>" ? "." : name;

    private static IEnumerable<string> Http(JsonElement expected, DissectedLayer layer, ReadOnlyMemory<byte> frame)
    {
        foreach (var (key, name) in new[] { ("method", "method"), ("uri", "requestTarget"), ("version", "version"), ("code", "statusCode"), ("phrase", "reasonPhrase") })
        {
            if (!expected.TryGetProperty(key, out var value)) continue;
            var actual = layer.Fields.Find(name)?.Text;
            if (actual != value.ToString()) yield return $"{key}: expected {value}, was {actual}";
        }

        if (!expected.TryGetProperty("headers", out var headers)) yield break;
        var lines = layer.Fields.Where(static f => f.Spec == "RFC 9112 §5").Select(f => Encoding.Latin1.GetString(frame.Span.Slice(f.BitOffset / 8, f.BitLength / 8))).ToList();
        var wanted = headers.EnumerateArray().Select(static h => h.GetString()!).ToList();
        if (!wanted.SequenceEqual(lines)) yield return $"headers: expected {string.Join(" | ", wanted.Except(lines))}, was {string.Join(" | ", lines.Except(wanted))}";
    }

    private static IEnumerable<string> Tls(JsonElement expected, DissectedLayer layer)
    {
        if (!expected.TryGetProperty("records", out var records)) yield break;
        var groups = new List<List<DissectedField>>();
        foreach (var field in layer.Fields)
        {
            if (field.Name is "contentType" or "isTwoOctetHeader") groups.Add([]);
            groups[^1].Add(field);
        }

        // Without reassembly TShark shows nothing of a record that the segment cuts.
        groups.RemoveAll(g => !g.Any(static f => f.Name == "length")
            || (g[0].Name == "contentType" && (g[0].BitOffset / 8) + 5 + (int)g.First(static f => f.Name == "length").Number! > layer.Offset + layer.Length));
        if (groups.Count != records.GetArrayLength()) yield return $"records: expected {records.GetArrayLength()}, was {groups.Count}";
        var i = 0;
        foreach (var (record, fields) in records.EnumerateArray().Zip(groups))
        {
            foreach (var property in record.EnumerateObject())
            {
                var actual = TlsValue(property.Name, fields);
                if (actual is not null && actual != Plain(property.Value)) yield return $"record {i} {property.Name}: expected {Plain(property.Value)}, was {actual}";
            }

            i++;
        }
    }

    private static string? TlsValue(string name, List<DissectedField> fields)
    {
        var extensions = fields.Where(static f => f is { BitLength: >= 32, Number: <= 0xFFFF } && f.Name == TlsExtensionDissector.FieldName((TlsExtensionType)f.Number) && f.Spec == TlsExtensionDissector.Spec((TlsExtensionType)f.Number)).ToList();
        var isOld = fields[0].Name == "isTwoOctetHeader";
        return name switch
        {
            "type" => Text(fields.First(static f => f.Name == "contentType").Number),
            "version" => isOld ? null : Text(fields.First(static f => f.Name == "version").Number),
            "len" => Text(fields.First(static f => f.Name == "length").Number),
            "handshake_types" => List(fields.Where(static f => f.Name is "handshakeType" or "messageType").Select(static f => Text(f.Number))),
            "ciphersuites" => List(fields.Where(static f => f.Name == "cipherSuite").Select(static f => Text(f.Number))),
            "extension_types" => List(extensions.Select(static f => Text(f.Number))),
            "sni" => extensions.Where(static f => f.Number == 0).Select(static f => f.Text).FirstOrDefault(),
            "alpn" => extensions.Where(static f => f.Number == 16).Select(static f => f.Text).FirstOrDefault() is { } names ? $"[{names}]" : "absent",
            "ja3" => fields.Where(static f => f.Name == "ja3").Select(static f => f.Text).FirstOrDefault() ?? "absent",
            _ => null,
        };
    }

    private static IEnumerable<string> Dhcp(JsonElement expected, DissectedLayer layer)
    {
        foreach (var name in new[] { "op", "htype", "hlen", "hops", "xid", "secs", "ciaddr", "yiaddr", "siaddr", "giaddr", "chaddr" })
        {
            if (!expected.TryGetProperty(name, out var value)) continue;
            var field = layer.Fields.Find(name);
            var actual = value.ValueKind == JsonValueKind.Number ? Text(field?.Number) : field?.Text;
            if (actual != value.ToString()) yield return $"{name}: expected {value}, was {actual}";
        }

        if (expected.TryGetProperty("flags", out var flags) && ((Field(layer, "broadcast") << 15) | Field(layer, "reserved")) is var both && (int)both != flags.GetInt32()) yield return $"flags: expected {flags}, was {both}";
        foreach (var (key, name) in DhcpOptions)
        {
            if (!expected.TryGetProperty(key, out var value)) continue;
            var text = layer.Fields.Find(name)?.Text ?? "absent";
            var wanted = value.ValueKind == JsonValueKind.Array ? string.Join(", ", value.EnumerateArray()) : value.ToString();
            if (text != wanted && !text.EndsWith($"({wanted})", StringComparison.Ordinal) && text != $"{wanted} s") yield return $"{key}: expected {wanted}, was {text}";
        }

        if (!expected.TryGetProperty("opt_types", out var types)) yield break;

        // TShark gives the end of options (255) the value 0, and lists padding behind it in the same way.
        var listed = types.EnumerateArray().Select(static t => t.GetInt32()).Where(static t => t is not (0 or 255)).ToList();
        var ours = layer.Fields.SkipWhile(static f => f.Name != "magicCookie").Skip(1).Where(static f => f.Number != 255 && f.Spec != "RFC 3046 §2.0").Select(static f => (int)f.Number!.Value).ToList();
        if (!listed.SequenceEqual(ours)) yield return $"opt_types: expected {string.Join(",", listed)}, was {string.Join(",", ours)}";
    }

    private static ulong Field(DissectedLayer layer, string name) => layer.Fields.Find(name)?.Number ?? 0;

    private static string Number(DissectedLayer layer, string name) => Text(layer.Fields.Find(name)?.Number);

    private static string Plain(JsonElement value) => value.ValueKind == JsonValueKind.Array ? List(value.EnumerateArray().Select(static v => v.ToString())) : value.ToString();

    private static string List(IEnumerable<string> items) => $"[{string.Join(", ", items)}]";

    private static string Text(ulong? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "absent";
}
