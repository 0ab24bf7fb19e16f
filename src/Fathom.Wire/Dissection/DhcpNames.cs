using Fathom.Wire.Application.Dns;

namespace Fathom.Wire.Dissection;

/// <summary>Lists of domain names in DNS's form, as DHCP has them (RFC 3397 §2, RFC 8415 §10).</summary>
internal static class DhcpNames
{
    /// <summary>The names, or null if the octets are none. Pointers count from the list's first octet (RFC 3397 §2).</summary>
    internal static string? Text(ReadOnlySpan<byte> data)
    {
        // The room of a header in front: DNS's names never point before it.
        var room = new byte[DnsHeader.Length + data.Length];
        data.CopyTo(room.AsSpan(DnsHeader.Length));
        Relocate(room);
        var reader = new DnsReader(room, DnsHeader.Length);
        var names = new List<string>();
        while (reader.Remaining > 0 && !reader.Failed) names.Add(reader.ReadName("domain name").ToString());
        return reader.Failed ? null : string.Join(", ", names);
    }

    // Moves the pointers by the header's room. What is no list of names is left as it is, and reads as none.
    private static void Relocate(Span<byte> room)
    {
        var at = DnsHeader.Length;
        while (at < room.Length)
        {
            if (room[at] < 0x40)
            {
                at += 1 + room[at];
                continue;
            }

            if (room[at] < 0xC0 || at + 1 >= room.Length) return;
            var target = (((room[at] & 0x3F) << 8) | room[at + 1]) + DnsHeader.Length;
            room[at] = (byte)(0xC0 | (target >> 8));
            room[at + 1] = (byte)target;
            at += 2;
        }
    }
}
