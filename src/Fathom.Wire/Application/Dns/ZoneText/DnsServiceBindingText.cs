using System.Buffers.Binary;
using System.Globalization;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Application.Dns.ZoneText;

/// <summary>The text of SVCB and HTTPS data (RFC 9460 §2.1 and §7), read.</summary>
internal static class DnsServiceBindingText
{
    public static DnsData.Svcb Read(DnsTokenReader reader)
    {
        var priority = reader.ReadUInt16("the priority");
        var target = reader.ReadName("the target");
        var parameters = new SortedList<ushort, DnsServiceParameter>();
        while (!reader.Failed && !reader.AtEnd)
        {
            var word = reader.ReadWord("a parameter");
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? word : word[..equals];
            if (!DnsServiceParameterText.TryParseKey(name, out var key))
            {
                reader.Fail($"\"{name}\" is no service parameter key");
                break;
            }

            var value = equals < 0 ? "" : Unquote(word[(equals + 1)..]);
            if (Encode(key, value, out var reason) is not { } octets) reader.Fail($"{name}: {reason}");
            else if (octets.Length > ushort.MaxValue) reader.Fail($"{name}: the value is too long");

            // RFC 9460 §2.1: "SvcParamKeys MUST NOT be repeated"; in text they come in any order.
            else if (!parameters.TryAdd(key, new DnsServiceParameter(key, octets))) reader.Fail($"{name} is given twice (RFC 9460 §2.1)");
        }

        return new DnsData.Svcb(priority, target, [.. parameters.Values]);
    }

    private static string Unquote(string text) => text.Length >= 2 && text[0] == '"' && text[^1] == '"' ? text[1..^1] : text;

    private static byte[]? Encode(ushort key, string value, out string reason)
    {
        reason = "the value has not the key's form (RFC 9460 §7)";
        var octets = DnsZoneTokenizer.Octets(value);
        if (octets is null) return null;
        switch (key)
        {
            case DnsServiceParameter.Mandatory:
                return EncodeKeys(value);
            case DnsServiceParameter.Alpn:
                return EncodeList(octets);
            case DnsServiceParameter.NoDefaultAlpn or DnsServiceParameter.Ohttp:
                return octets.Length == 0 ? octets : null;
            case DnsServiceParameter.Port:
                return ushort.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? [(byte)(port >> 8), (byte)port] : null;
            case DnsServiceParameter.Ipv4Hint:
                return EncodeAddresses(value, IpVersion.V4);
            case DnsServiceParameter.Ipv6Hint:
                return EncodeAddresses(value, IpVersion.V6);
            case DnsServiceParameter.Ech:
                var bytes = new byte[value.Length];
                return Convert.TryFromBase64String(value, bytes, out var length) && length > 0 ? bytes[..length] : null;
            default:
                return octets;
        }
    }

    private static byte[]? EncodeKeys(string value)
    {
        var keys = new SortedSet<ushort>();
        foreach (var name in value.Split(','))
        {
            if (!DnsServiceParameterText.TryParseKey(name, out var key) || !keys.Add(key)) return null;
        }

        var bytes = new byte[keys.Count * 2];
        var at = 0;
        foreach (var key in keys) BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2 * at++), key);
        return bytes;
    }

    // Appendix A.1: commas separate; "\," is a comma and "\\" a backslash inside an item, after the string's own escapes are gone.
    private static byte[]? EncodeList(byte[] list)
    {
        var encoded = new List<byte>();
        var item = new List<byte>();
        bool Close()
        {
            if (item.Count is 0 or > 255) return false;
            encoded.Add((byte)item.Count);
            encoded.AddRange(item);
            item.Clear();
            return true;
        }

        for (var i = 0; i < list.Length; i++)
        {
            if (list[i] == ',')
            {
                if (!Close()) return null;
                continue;
            }

            if (list[i] == '\\' && ++i == list.Length) return null;
            item.Add(list[i]);
        }

        return Close() ? [.. encoded] : null;
    }

    private static byte[]? EncodeAddresses(string value, IpVersion version)
    {
        var bytes = new List<byte>();
        foreach (var text in value.Split(','))
        {
            if (!IpAddress.TryParse(text, out var address) || address.Version != version || address.Zone != 0) return null;
            bytes.AddRange(address.ToBytes());
        }

        return [.. bytes];
    }
}
