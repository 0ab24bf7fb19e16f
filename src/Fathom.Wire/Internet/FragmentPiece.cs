namespace Fathom.Wire.Internet;

/// <summary>A fragment of either version, as the reassembler sees it.</summary>
internal readonly ref struct FragmentPiece
{
    internal DatagramId Id { get; private init; }

    internal int Offset { get; private init; }

    internal bool MoreFollow { get; private init; }

    internal bool SawCongestion { get; private init; }

    /// <summary>Octets that stand before the fragmentable part once the packet is whole, and count for its length.</summary>
    internal int HeaderLength { get; private init; }

    internal ReadOnlySpan<byte> Bytes { get; private init; }

    /// <summary>False: unreadable. True and not <paramref name="isFragment"/>: a whole packet. An atomic fragment is one (RFC 6946), with a header to take off.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> packet, out FragmentPiece piece, out bool isFragment)
    {
        piece = default;
        isFragment = false;
        if (Ipv4Packet.TryRead(packet, out var v4, out _))
        {
            isFragment = v4.IsFragment;
            piece = new FragmentPiece
            {
                Id = new DatagramId(v4.Source, v4.Destination, v4.Protocol, v4.Identification),
                Offset = v4.FragmentOffset,
                MoreFollow = v4.MoreFragments,
                SawCongestion = v4.Ecn == Ecn.CongestionExperienced,
                HeaderLength = v4.HeaderLength,
                Bytes = v4.Payload,
            };
            return true;
        }

        if (!Ipv6Packet.TryRead(packet, out var v6, out _)) return false;
        foreach (var extension in v6.EnumerateExtensions())
        {
            if (extension.Protocol != IpProtocol.Fragment || !Ipv6Fragment.TryRead(extension.Bytes, out var fragment, out _)) continue;
            isFragment = true;
            piece = new FragmentPiece
            {
                Id = new DatagramId(v6.Source, v6.Destination, null, fragment.Identification),
                Offset = fragment.FragmentOffset,
                MoreFollow = fragment.MoreFragments,
                SawCongestion = v6.Ecn == Ecn.CongestionExperienced,
                HeaderLength = extension.Offset, // the payload length counts extension headers, not the fixed one
                Bytes = v6.Payload[(extension.Offset + Ipv6Fragment.HeaderLength)..],
            };
            break;
        }

        return true;
    }
}
