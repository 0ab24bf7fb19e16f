using System.Globalization;

namespace Fathom.Wire.Internet;

/// <summary>Names for the way back from an address to a name: in-addr.arpa (RFC 1035 §3.5) and ip6.arpa (RFC 3596 §2.5).</summary>
public static class ReverseZones
{
    /// <summary>The name whose PTR record an address has, without a final dot.</summary>
    /// <param name="address">The address; its zone has no place there.</param>
    public static string NameOf(IpAddress address) => NameOf(address, address.BitLength);

    /// <summary>
    /// The zones that together serve a prefix. Zones are cut at whole octets or hexadecimal digits, so a prefix between
    /// needs several: a /22 four zones of a /24 each. An IPv4 prefix longer than /24 has no zone of its own: the result is the
    /// zone of its /24 (see <see cref="ClasslessNameOf"/>).
    /// </summary>
    /// <param name="prefix">The prefix.</param>
    public static IReadOnlyList<string> Of(IpPrefix prefix)
    {
        var label = prefix.Version == IpVersion.V4 ? 8 : 4;
        var cut = (prefix.Length + label - 1) / label * label;
        if (prefix.Version == IpVersion.V4 && prefix.Length > 24)
        {
            cut = 24;
            prefix = prefix.Supernet(24);
        }

        return [.. prefix.Split(cut).Select(p => NameOf(p.Address, cut))];
    }

    /// <summary>
    /// The name by which the owner of a /24 delegates a part of it, as RFC 2317 proposes: "128/25.2.0.192.in-addr.arpa". Each address
    /// of the part then needs a CNAME record in the zone of the /24. Null for prefixes that need none.
    /// </summary>
    /// <param name="prefix">The prefix.</param>
    public static string? ClasslessNameOf(IpPrefix prefix) => prefix is { Version: IpVersion.V4, Length: > 24 and < 32 }
        ? string.Create(CultureInfo.InvariantCulture, $"{(byte)prefix.Address.Value}/{prefix.Length}.{NameOf(prefix.Address, 24)}")
        : null;

    private static string NameOf(IpAddress address, int bits)
    {
        Span<char> name = stackalloc char[80]; // 32 digits, as many dots, and "ip6.arpa" are 72
        var (label, format) = address.IsV4 ? (8, "d") : (4, "x");
        var at = 0;
        for (var shift = address.BitLength - bits; shift < address.BitLength; shift += label)
        {
            var number = (uint)(address.Value >> shift) & ((1u << label) - 1);
            number.TryFormat(name[at..], out var written, format, CultureInfo.InvariantCulture);
            at += written;
            name[at++] = '.';
        }

        return string.Concat(name[..at], address.IsV4 ? "in-addr.arpa" : "ip6.arpa");
    }
}
