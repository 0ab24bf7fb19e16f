using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>Cuts IPv6 packets into fragments. Only the sender does: a router answers "packet too big" instead (RFC 8200 §4.5, §5).</summary>
public static class Ipv6Fragmenter
{
    /// <summary>Offsets count units of eight octets (RFC 8200 §4.5).</summary>
    public const int Unit = 8;

    /// <summary>Cuts a packet so that each piece fits the path. A packet that fits is its own only piece, without a fragment header.</summary>
    /// <param name="packet">The whole packet.</param>
    /// <param name="mtu">Octets that the path carries, IPv6 header included; at least 1,280.</param>
    /// <param name="identification">Ties the pieces together; not used again soon between the two addresses (RFC 7739).</param>
    /// <param name="fragments">The pieces in their order; empty if refused.</param>
    /// <param name="refusal">Why not, where the answer is false.</param>
    public static bool TryFragment(
        ReadOnlySpan<byte> packet, int mtu, uint identification, out IReadOnlyList<byte[]> fragments, out FragmentationRefusal refusal)
    {
        fragments = [];
        refusal = FragmentationRefusal.None;
        if (!Ipv6Packet.TryRead(packet, out var whole, out _) || !whole.TryReadUpperLayer(out var upper, out _)) refusal = FragmentationRefusal.Unreadable;
        else if (mtu < Ipv6Packet.MinMtu) refusal = FragmentationRefusal.MtuTooSmall;
        else if (whole.Bytes.Length > mtu) fragments = Cut(whole, upper, mtu, identification, out refusal);
        else fragments = [whole.Bytes.ToArray()];
        return refusal == FragmentationRefusal.None;
    }

    private static List<byte[]> Cut(Ipv6Packet whole, Ipv6UpperLayer upper, int mtu, uint identification, out FragmentationRefusal refusal)
    {
        var pieces = new List<byte[]>();
        if (!TryFindPerFragmentPart(whole, out var end, out var linkAt, out refusal)) return pieces;

        var perFragment = whole.Bytes[..end];
        var fragmentable = whole.Bytes[end..];
        var room = mtu - end - Ipv6Fragment.HeaderLength;
        var firstLength = room / Unit * Unit;
        if (upper.Offset - end + UpperHeaderLength(upper) > firstLength)
        {
            refusal = FragmentationRefusal.HeadersTooLong;
            return pieces;
        }

        var next = (IpProtocol)whole.Bytes[linkAt];
        for (var at = 0; at < fragmentable.Length;)
        {
            var rest = fragmentable.Length - at;
            var isLast = rest <= room;
            var length = isLast ? rest : firstLength;
            var piece = new byte[end + Ipv6Fragment.HeaderLength + length];
            perFragment.CopyTo(piece);
            piece[linkAt] = (byte)IpProtocol.Fragment;
            BinaryPrimitives.WriteUInt16BigEndian(piece.AsSpan(4), (ushort)(piece.Length - Ipv6Packet.HeaderLength));
            new Ipv6FragmentHeader(next, at, !isLast, identification).WriteTo(piece.AsSpan(end));
            fragmentable.Slice(at, length).CopyTo(piece.AsSpan(end + Ipv6Fragment.HeaderLength));
            pieces.Add(piece);
            at += length;
        }

        return pieces;
    }

    /// <summary>
    /// RFC 8200 §4.5: every fragment begins with the headers that routers read: up to the routing header if there is one, else the
    /// hop-by-hop options, else the fixed header alone.
    /// </summary>
    /// <param name="whole">The packet.</param>
    /// <param name="end">Octets of that part.</param>
    /// <param name="linkAt">Where the next-header octet stands that names what follows it.</param>
    /// <param name="refusal">Set if the packet is a fragment.</param>
    private static bool TryFindPerFragmentPart(Ipv6Packet whole, out int end, out int linkAt, out FragmentationRefusal refusal)
    {
        const int NextHeaderAt = 6;
        end = Ipv6Packet.HeaderLength;
        linkAt = NextHeaderAt;
        refusal = FragmentationRefusal.None;
        foreach (var extension in whole.EnumerateExtensions())
        {
            if (extension.Protocol == IpProtocol.Fragment) refusal = FragmentationRefusal.AlreadyFragment;
            if (extension.Protocol is not (IpProtocol.HopByHop or IpProtocol.Routing)) continue;
            linkAt = Ipv6Packet.HeaderLength + extension.Offset;
            end = linkAt + extension.Bytes.Length;
        }

        return refusal == FragmentationRefusal.None;
    }

    // A transport's own header, options included; of what is not known here, eight octets as a router would look at them.
    private static int UpperHeaderLength(Ipv6UpperLayer upper)
    {
        const int Unknown = 8;
        const int DataOffsetAt = 12;
        var length = upper.Protocol == IpProtocol.Tcp && upper.Bytes.Length > DataOffsetAt ? (upper.Bytes[DataOffsetAt] >> 4) * 4 : Unknown;
        return Math.Min(length, upper.Bytes.Length);
    }
}
