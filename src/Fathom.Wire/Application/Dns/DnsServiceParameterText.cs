using System.Buffers.Binary;
using System.Globalization;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Application.Dns;

/// <summary>SvcParams as text (RFC 9460 §2.1 and §7), and the forms of their values.</summary>
internal static class DnsServiceParameterText
{
    private static readonly string[] Names = ["mandatory", "alpn", "no-default-alpn", "port", "ipv4hint", "ech", "ipv6hint", "dohpath", "ohttp"];

    public static string Format(ushort key, ReadOnlySpan<byte> value) => key switch
    {
        DnsServiceParameter.Mandatory when Keys(value) is { Count: > 0 } keys => $"mandatory={string.Join(',', keys.Select(NameOf))}",
        DnsServiceParameter.Alpn when AlpnIds(value) is { Count: > 0 } ids => $"alpn={Quote(ids)}",
        DnsServiceParameter.Port when value.Length == 2 => string.Create(CultureInfo.InvariantCulture, $"port={BinaryPrimitives.ReadUInt16BigEndian(value)}"),
        DnsServiceParameter.Ipv4Hint when Addresses(value, 4) is { Count: > 0 } addresses => $"ipv4hint={string.Join(',', addresses)}",
        DnsServiceParameter.Ipv6Hint when Addresses(value, 16) is { Count: > 0 } addresses => $"ipv6hint={string.Join(',', addresses)}",
        DnsServiceParameter.Ech when !value.IsEmpty => $"ech={Convert.ToBase64String(value)}",
        _ when value.IsEmpty => NameOf(key),
        _ => $"{NameOf(key)}={DnsText.Quote(value)}",
    };

    /// <summary>alpn: one or more ids, each after its length octet (§7.1.1); null when it is not so.</summary>
    public static List<byte[]>? AlpnIds(ReadOnlySpan<byte> value)
    {
        var ids = new List<byte[]>();
        while (!value.IsEmpty)
        {
            if (value[0] == 0 || value[0] >= value.Length) return null;
            ids.Add(value.Slice(1, value[0]).ToArray());
            value = value[(value[0] + 1)..];
        }

        return ids.Count == 0 ? null : ids;
    }

    /// <summary>mandatory: key numbers, strictly increasing (§8); null when it is not so.</summary>
    public static List<ushort>? Keys(ReadOnlySpan<byte> value)
    {
        var keys = new List<ushort>();
        if (value.IsEmpty || value.Length % 2 != 0) return null;
        for (; !value.IsEmpty; value = value[2..])
        {
            var key = BinaryPrimitives.ReadUInt16BigEndian(value);
            if (keys.Count > 0 && key <= keys[^1]) return null;
            keys.Add(key);
        }

        return keys;
    }

    /// <summary>ipv4hint and ipv6hint: one or more addresses (§7.3); null when it is not so.</summary>
    public static List<IpAddress>? Addresses(ReadOnlySpan<byte> value, int length)
    {
        if (value.IsEmpty || value.Length % length != 0) return null;
        var addresses = new List<IpAddress>();
        for (; !value.IsEmpty; value = value[length..]) addresses.Add(IpAddress.FromBytes(value[..length]));
        return addresses;
    }

    /// <summary>A key's name, or "key" and its number without leading zeros (§2.1).</summary>
    public static bool TryParseKey(ReadOnlySpan<char> name, out ushort key)
    {
        for (key = 0; key < Names.Length; key++)
        {
            if (name.SequenceEqual(Names[key])) return true;
        }

        return name.StartsWith("key", StringComparison.Ordinal) && (name.Length == 4 || (name.Length > 4 && name[3] != '0'))
            && ushort.TryParse(name[3..], NumberStyles.None, CultureInfo.InvariantCulture, out key);
    }

    private static string NameOf(ushort key) => key < Names.Length ? Names[key] : string.Create(CultureInfo.InvariantCulture, $"key{key}");

    // Appendix A.1: inside an id a comma and a backslash are escaped once for the list, and the result again as a string.
    private static string Quote(List<byte[]> ids)
    {
        var list = new List<byte>();
        foreach (var id in ids)
        {
            if (list.Count > 0) list.Add((byte)',');
            foreach (var octet in id)
            {
                if (octet is (byte)',' or (byte)'\\') list.Add((byte)'\\');
                list.Add(octet);
            }
        }

        return DnsText.Quote([.. list]);
    }
}
