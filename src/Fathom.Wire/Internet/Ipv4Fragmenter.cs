namespace Fathom.Wire.Internet;

/// <summary>Cuts IPv4 packets into fragments, as a sender or any router does (RFC 791 §3.2).</summary>
public static class Ipv4Fragmenter
{
    /// <summary>Octets that every link carries: the longest header, 60, and one unit of fragmentation, 8 (RFC 791 §3.2).</summary>
    public const int MinMtu = 68;

    /// <summary>Offsets count units of eight octets (RFC 791 §3.1).</summary>
    public const int Unit = 8;

    /// <summary>Cuts a packet so that each piece fits a link. A packet that fits is its own only piece.</summary>
    /// <param name="packet">The whole packet, or a fragment that meets a smaller link on its way.</param>
    /// <param name="mtu">Octets that the link carries, IP header included.</param>
    /// <param name="fragments">The pieces in their order, header checksums computed; empty if refused.</param>
    /// <param name="refusal">Why not, where the answer is false.</param>
    public static bool TryFragment(ReadOnlySpan<byte> packet, int mtu, out IReadOnlyList<byte[]> fragments, out FragmentationRefusal refusal)
    {
        fragments = [];
        refusal = Check(packet, mtu, out var whole);
        if (refusal != FragmentationRefusal.None) return false;
        if (whole.Bytes.Length <= mtu)
        {
            fragments = [whole.Bytes.ToArray()];
            return true;
        }

        var header = new Ipv4Header
        {
            Dscp = whole.Dscp,
            Ecn = whole.Ecn, // RFC 3168 §5.3: every fragment carries the packet's
            Identification = whole.Identification,
            TimeToLive = whole.TimeToLive,
            Protocol = whole.Protocol,
            Source = whole.Source,
            Destination = whole.Destination,
            Options = whole.Options.ToArray(),
        };
        var pieces = new List<byte[]>();
        for (var at = 0; at < whole.Payload.Length;)
        {
            // RFC 791 §3.1: an option without the copied flag stands in the first fragment only. A fragment's own first piece keeps what it has.
            if (at > 0 && pieces.Count == 1) header = header with { Options = CopiedOptions(whole) };
            var rest = whole.Payload.Length - at;
            var room = mtu - header.Length;
            var isLast = rest <= room;
            var length = isLast ? rest : room / Unit * Unit;
            var piece = new byte[header.Length + length];
            whole.Payload.Slice(at, length).CopyTo(piece.AsSpan(header.Length));
            (header with { FragmentOffset = whole.FragmentOffset + at, MoreFragments = !isLast || whole.MoreFragments }).WriteTo(piece);
            pieces.Add(piece);
            at += length;
        }

        fragments = pieces;
        return true;
    }

    private static FragmentationRefusal Check(ReadOnlySpan<byte> packet, int mtu, out Ipv4Packet whole)
    {
        if (!Ipv4Packet.TryRead(packet, out whole, out _)) return FragmentationRefusal.Unreadable;
        if (mtu < MinMtu) return FragmentationRefusal.MtuTooSmall;
        if (whole.Bytes.Length <= mtu) return FragmentationRefusal.None;
        if (whole.DontFragment) return FragmentationRefusal.DontFragment;
        if (whole.MoreFragments && whole.Payload.Length % Unit != 0) return FragmentationRefusal.Unreadable;
        return whole.FragmentOffset + whole.Payload.Length > Ipv4Header.MaxPayloadLength ? FragmentationRefusal.TooLong : FragmentationRefusal.None;
    }

    private static byte[] CopiedOptions(Ipv4Packet packet)
    {
        var copied = new List<byte>(packet.Options.Length);
        foreach (var option in packet.EnumerateOptions())
        {
            if (option.IsCopied) copied.AddRange(option.Bytes);
        }

        return [.. copied];
    }
}
