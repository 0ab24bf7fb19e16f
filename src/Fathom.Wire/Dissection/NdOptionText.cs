using Fathom.Wire.Application;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Dissection;

/// <summary>Neighbor discovery options as fields.</summary>
internal static class NdOptionText
{
    /// <summary>Adds an option, and the fields that it is made of.</summary>
    /// <param name="layer">The ICMPv6 layer.</param>
    /// <param name="option">The option.</param>
    /// <param name="offset">Octets from the layer's first to the option's first.</param>
    internal static void Add(LayerWriter layer, NdOption option, int offset)
    {
        if (!layer.KeepsFields) return;
        var layout = NdOptionLayouts.Of(option.Type);
        // A link-layer address and the packet of a redirect are said by the option itself and by the layers that follow.
        layer.AddElement(layout, offset, option.Bytes, Number(option), Describe(option), Format);
        if (option.TryGetCaptivePortal(out var uri)) layer.SetLastText("captivePortal.uri", TextSanitizer.EscapeOctets(uri));
        if (option.TryGetNat64Prefix(out var nat64, out _)) layer.SetLastText("nat64Prefix.prefix", nat64.ToString());
        if (option.TryGetRouteInformation(out var route)) layer.SetLastText("routeInformation.prefix", route.Prefix.ToString());
        if (option.TryGetDnsSearchList(out var names, out _)) AddNames(layer, names, offset + option.Bytes.Length - names.Length);
        if (option.Type == NdOptionType.RsaSignature && option.Bytes.Length >= 20) layer.SetLastText("rsaSignature.keyHash", FieldText.Bytes(option.Bytes[4..20]));
    }

    private static ulong? Number(NdOption option)
    {
        if (option.TryGetLinkLayerAddress(out var mac)) return mac.Value;
        return option.TryGetMtu(out var mtu) ? mtu : null;
    }

    private static FieldWords Describe(NdOption option)
    {
        if (option.TryGetLinkLayerAddress(out var mac)) return mac.ToString();
        if (option.TryGetMtu(out var mtu)) return FieldText.Octets(mtu);
        if (option.TryGetPrefixInformation(out var prefix))
        {
            return FieldText.Invariant(
                $"{prefix.Prefix}/{prefix.PrefixLength}{(prefix.OnLink ? ", on link" : "")}{(prefix.Autonomous ? ", autonomous" : "")}, valid {FieldText.Seconds(prefix.ValidLifetime)}, preferred {FieldText.Seconds(prefix.PreferredLifetime)}");
        }

        if (option.TryGetRouteInformation(out var route)) return FieldText.Invariant($"{route.Prefix}/{route.PrefixLength}, lifetime {FieldText.Seconds(route.Lifetime)}");
        if (option.TryGetDnsSearchList(out var names, out var lifetime)) return $"{Names(names)}, lifetime {FieldText.Seconds(lifetime)}";
        if (option.TryGetCaptivePortal(out var uri)) return TextSanitizer.EscapeOctets(uri);
        if (option.TryGetNat64Prefix(out var nat64, out var seconds)) return $"{nat64}, lifetime {FieldText.Seconds(seconds)}";
        if (!option.TryGetDnsServers(out var count, out lifetime)) return FieldText.Bytes(option.Data);
        var servers = new string[count];
        for (var i = 0; i < count; i++) servers[i] = option.GetDnsServer(i).ToString();
        return $"{string.Join(", ", servers)}, lifetime {FieldText.Seconds(lifetime)}";
    }

    /// <summary>Adds each name of a search list, and the padding behind the last.</summary>
    private static void AddNames(LayerWriter layer, ReadOnlySpan<byte> bytes, int offset)
    {
        const string Spec = "RFC 8106 §5.2";
        var at = 0;
        while (TryReadName(bytes[at..], out var length, out var name))
        {
            layer.AddOctets("dnsSearchList.name", offset + at, length, null, name, Spec);
            at += length;
        }

        if (at < bytes.Length) layer.AddOctets("dnsSearchList.padding", offset + at, bytes.Length - at, null, FieldText.Bytes(bytes[at..]), Spec);
    }

    /// <summary>The names of a search list up to its padding, or up to damage.</summary>
    private static string Names(ReadOnlySpan<byte> bytes)
    {
        var names = new List<string>();
        while (TryReadName(bytes, out var length, out var name))
        {
            names.Add(name);
            bytes = bytes[length..];
        }

        return names.Count == 0 ? "no names" : string.Join(", ", names);
    }

    // The root, a single zero, is no name of a list: it is where the padding begins.
    private static bool TryReadName(ReadOnlySpan<byte> bytes, out int length, out string text)
    {
        length = bytes.IsEmpty || bytes[0] == 0 ? 0 : LengthOfName(bytes);
        var read = DnsName.TryReadWire(bytes[..length], out var name);
        text = name?.ToString() ?? "";
        return read;
    }

    // RFC 8106 §5.2: names are not compressed, so a label's length octet leads to the next. 0 if the name has no end.
    private static int LengthOfName(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length && bytes[at] != 0) at += 1 + bytes[at];
        return at < bytes.Length ? at + 1 : 0;
    }

    private static FieldWords Format(string name, ulong value) => name switch
    {
        "prefixInformation.validLifetime" or "prefixInformation.preferredLifetime" or "routeInformation.lifetime" or "recursiveDnsServers.lifetime"
            or "dnsSearchList.lifetime" or "encryptedDns.lifetime" or "homeAgentInformation.lifetime" => FieldText.Seconds((uint)value),
        "nat64Prefix.scaledLifetime" => FieldText.Seconds((uint)value * 8),
        "nat64Prefix.prefixLengthCode" => value switch
        {
            0 => "96 bits (0)",
            1 => "64 bits (1)",
            2 => "56 bits (2)",
            3 => "48 bits (3)",
            4 => "40 bits (4)",
            5 => "32 bits (5)",
            _ => null,
        },
        "routeInformation.preference" => value switch { 0 => "medium", 1 => "high", 3 => "low", _ => "reserved" },
        "advertisementInterval.interval" => FieldText.Invariant($"{value} ms"),
        "mtu.mtu" => FieldText.Octets(value),
        "timestamp.seconds" => FieldText.Invariant($"{value} s since 1970"),
        "addressRegistration.lifetime" or "compressionContext.validLifetime" => FieldText.Invariant($"{value} min"),
        "addressRegistration.owner" => FieldText.Hex(value, 16),
        _ => null,
    };
}
