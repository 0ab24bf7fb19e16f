namespace Fathom.Wire.Application.Dns;

/// <summary>The set of types in NSEC and NSEC3 (RFC 4034 §4.1.2): windows of 256 types, each a bitmap of 1 to 32 octets.</summary>
internal static class DnsTypeBitmap
{
    private const int LongestWindow = 32;

    /// <summary>Reads what is left of RDATA; may be nothing (NSEC3 at an empty non-terminal).</summary>
    public static List<DnsType> Read(ref DnsReader reader)
    {
        var types = new List<DnsType>();
        var previous = -1;
        while (!reader.Failed && reader.Remaining > 0)
        {
            var window = reader.ReadByte("window number");
            var length = reader.ReadByte("bitmap length");
            if (reader.Failed) break;
            if (window <= previous) reader.FailValue("type bitmap: windows are not in increasing order (RFC 4034 §4.1.2)");
            if (length is 0 or > LongestWindow) reader.FailValue("type bitmap: a window has no 1 to 32 octets (RFC 4034 §4.1.2)");
            previous = window;
            var bits = reader.ReadSpan(length, "type bitmap");
            for (var i = 0; i < bits.Length * 8; i++)
            {
                if ((bits[i / 8] & (0x80 >> (i % 8))) != 0) types.Add((DnsType)((window << 8) | i));
            }
        }

        return types;
    }

    /// <summary>Writes the types as a set, in order, without empty octets at the end of a window.</summary>
    public static void Write(DnsWriter writer, IReadOnlyList<DnsType> types)
    {
        Span<byte> bits = stackalloc byte[LongestWindow];
        foreach (var window in types.Select(static type => (int)type).Distinct().Order().GroupBy(static type => type >> 8))
        {
            bits.Clear();
            var length = 0;
            foreach (var type in window)
            {
                bits[(type & 0xFF) / 8] |= (byte)(0x80 >> (type % 8));
                length = ((type & 0xFF) / 8) + 1;
            }

            writer.WriteByte((byte)window.Key);
            writer.WriteByte((byte)length);
            writer.WriteBytes(bits[..length]);
        }
    }

    /// <summary>The types' names with a space before each.</summary>
    public static string ToText(IReadOnlyList<DnsType> types) => string.Concat(types.Select(static type => $" {type.ToText()}"));
}
