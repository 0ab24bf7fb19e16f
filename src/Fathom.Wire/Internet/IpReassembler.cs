using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>
/// Puts fragments of IPv4 (RFC 791 §3.2, RFC 815) and IPv6 (RFC 8200 §4.5, RFC 5722, RFC 6946) together again. A machine without a
/// clock: the caller tells the time, as a span since any moment that stays the same, never going back. Not safe for several threads at once.
/// </summary>
public sealed class IpReassembler
{
    private const int MaxPacketLength = 65535;

    private readonly Dictionary<DatagramId, PartialDatagram> _partial = [];

    // Deadlines are all as far away, so the order of arrival is theirs.
    private readonly LinkedList<DatagramId> _oldestFirst = [];
    private readonly IpReassemblerOptions _options;
    private int _octets;

    /// <summary>Makes one with nothing in it.</summary>
    /// <param name="options">Limits, or null for the usual ones.</param>
    public IpReassembler(IpReassemblerOptions? options = null) => _options = options ?? new IpReassemblerOptions();

    /// <summary>When <see cref="HandleDeadline"/> has something to do; null while nothing waits.</summary>
    public TimeSpan? Deadline => _oldestFirst.First is { } oldest ? _partial[oldest.Value].Deadline : null;

    /// <summary>Packets that are not whole yet, those given up among them.</summary>
    public int Unfinished => _partial.Count;

    /// <summary>Packets given up early because a limit was reached.</summary>
    public long Evicted { get; private set; }

    /// <summary>Takes a packet.</summary>
    /// <param name="packet">From the version on; what lies behind the packet's own length is ignored.</param>
    /// <param name="now">The time.</param>
    public ReassemblyOutcome Accept(ReadOnlySpan<byte> packet, TimeSpan now)
    {
        if (!FragmentPiece.TryRead(packet, out var piece, out var isFragment)) return new ReassemblyOutcome.Dropped(null, ReassemblyFault.Unreadable);
        if (!isFragment) return new ReassemblyOutcome.Whole();

        // RFC 6946 §4: an atomic fragment is taken by itself, whatever waits under the same identification.
        if (piece is { Offset: 0, MoreFollow: false }) return Complete(piece.Id, AtomicOf(piece, packet, now));

        if (Refuses(piece) is var fault and not ReassemblyFault.None) return new ReassemblyOutcome.Dropped(piece.Id, fault);
        var partial = Find(piece.Id, piece.Bytes.Length, now);
        if (partial.IsGivenUp) return new ReassemblyOutcome.Dropped(piece.Id, ReassemblyFault.GivenUp);
        if (partial.Count == _options.MaximumFragments) return new ReassemblyOutcome.Dropped(piece.Id, ReassemblyFault.Limit);

        var end = piece.Offset + piece.Bytes.Length;
        if (partial.TotalLength >= 0 && (end > partial.TotalLength || (!piece.MoreFollow && end != partial.TotalLength))) return GiveUp(piece.Id, partial, ReassemblyFault.OtherEnd);
        if (!piece.MoreFollow && partial.Reach > end) return GiveUp(piece.Id, partial, ReassemblyFault.OtherEnd);
        if (!partial.TryAdd(piece.Offset, piece.Bytes, out var isRepeated)) return GiveUp(piece.Id, partial, ReassemblyFault.Overlap);
        if (isRepeated) return new ReassemblyOutcome.Repeated(piece.Id, piece.Offset, piece.Bytes.Length);

        _octets += piece.Bytes.Length;
        if (piece.Offset == 0) partial.FirstFragment = packet.ToArray();
        if (!piece.MoreFollow) partial.TotalLength = end;
        partial.SawCongestion |= piece.SawCongestion;
        if (!partial.IsComplete) return new ReassemblyOutcome.Kept(piece.Id, piece.Offset, piece.Bytes.Length, partial.Missing());
        Forget(piece.Id, partial);
        return Complete(piece.Id, partial);
    }

    /// <summary>Gives up what has waited too long.</summary>
    /// <param name="now">The time.</param>
    /// <returns>The packets given up now, oldest first. Those given up for an overlap are forgotten without a word.</returns>
    public IReadOnlyList<AbandonedDatagram> HandleDeadline(TimeSpan now)
    {
        var abandoned = new List<AbandonedDatagram>();
        while (_oldestFirst.First is { } oldest && _partial[oldest.Value] is var partial && partial.Deadline <= now)
        {
            var id = oldest.Value;
            Forget(id, partial);
            if (!partial.IsGivenUp) abandoned.Add(new AbandonedDatagram(id, partial.Missing(), partial.FirstFragment is { } first ? (ReadOnlyMemory<byte>?)first : null, partial.Count));
        }

        return abandoned;
    }

    private static ReassemblyFault Refuses(FragmentPiece piece)
    {
        if (piece.Bytes.IsEmpty) return ReassemblyFault.Empty;
        if (piece.MoreFollow && piece.Bytes.Length % Ipv4Fragmenter.Unit != 0) return ReassemblyFault.UnevenLength;
        return piece.HeaderLength + piece.Offset + piece.Bytes.Length > MaxPacketLength ? ReassemblyFault.TooLong : ReassemblyFault.None;
    }

    private static PartialDatagram AtomicOf(FragmentPiece piece, ReadOnlySpan<byte> packet, TimeSpan now)
    {
        var partial = new PartialDatagram(now) { FirstFragment = packet.ToArray(), TotalLength = piece.Bytes.Length, SawCongestion = piece.SawCongestion };
        if (!piece.Bytes.IsEmpty) partial.TryAdd(0, piece.Bytes, out _);
        return partial;
    }

    private static ReassemblyOutcome Complete(DatagramId id, PartialDatagram partial)
    {
        var first = partial.FirstFragment!;
        var packet = id.Protocol is null ? JoinV6(first, partial) : JoinV4(first, partial);
        return packet.Length == 0
            ? new ReassemblyOutcome.Dropped(id, id.Protocol is null && first.Length > 0 ? ReassemblyFault.HeadersMissing : ReassemblyFault.TooLong)
            : new ReassemblyOutcome.Completed(id, packet, Math.Max(partial.Count, 1));
    }

    // RFC 791 §3.2: the header is the first fragment's, with the whole length and without the marks of a fragment.
    private static byte[] JoinV4(byte[] first, PartialDatagram partial)
    {
        if (!Ipv4Packet.TryRead(first, out var packet, out _) || packet.HeaderLength + partial.TotalLength > MaxPacketLength) return [];
        var joined = new byte[packet.HeaderLength + partial.TotalLength];
        partial.CopyTo(joined.AsSpan(packet.HeaderLength));
        new Ipv4Header
        {
            Dscp = packet.Dscp,
            Ecn = partial.SawCongestion ? Ecn.CongestionExperienced : packet.Ecn, // RFC 3168 §5.3
            Identification = packet.Identification,
            TimeToLive = packet.TimeToLive,
            Protocol = packet.Protocol,
            Source = packet.Source,
            Destination = packet.Destination,
            Options = packet.Options.ToArray(),
        }.WriteTo(joined);
        return joined;
    }

    // RFC 8200 §4.5: the per-fragment headers of the first fragment, the fragment header taken out, its next header put in its place.
    private static byte[] JoinV6(byte[] first, PartialDatagram partial)
    {
        if (!Ipv6Packet.TryRead(first, out var packet, out _)) return [];
        var linkAt = 6;
        foreach (var extension in packet.EnumerateExtensions())
        {
            if (extension.Protocol != IpProtocol.Fragment)
            {
                linkAt = Ipv6Packet.HeaderLength + extension.Offset;
                continue;
            }

            var end = Ipv6Packet.HeaderLength + extension.Offset;
            var joined = new byte[end + partial.TotalLength];
            packet.Bytes[..end].CopyTo(joined);
            joined[linkAt] = extension.Bytes[0];
            BinaryPrimitives.WriteUInt16BigEndian(joined.AsSpan(4), (ushort)(joined.Length - Ipv6Packet.HeaderLength));
            if (partial.SawCongestion) joined[1] |= 0x30; // RFC 3168 §5.3: the two lowest bits of the traffic class
            partial.CopyTo(joined.AsSpan(end));
            return HasWholeHeaders(packet) ? joined : [];
        }

        return [];
    }

    // RFC 7112 §5: a first fragment whose header chain goes on in the second is dropped, since no filter could read it.
    private static bool HasWholeHeaders(Ipv6Packet first)
    {
        if (!first.TryReadUpperLayer(out var upper, out _)) return false;
        var needed = upper.Protocol switch { IpProtocol.Tcp => 20, IpProtocol.Udp or IpProtocol.Icmpv6 => 8, _ => 0 };
        return upper.Bytes.Length >= needed;
    }

    private PartialDatagram Find(DatagramId id, int octets, TimeSpan now)
    {
        if (_partial.TryGetValue(id, out var known) && known.Deadline > now)
        {
            while (_octets + octets > _options.MaximumOctets && _oldestFirst.First is { } oldest && oldest.Value != id) Evict(oldest.Value);
            return known;
        }

        if (known is not null) Forget(id, known);
        while (_oldestFirst.First is { } oldest && (_partial.Count >= _options.MaximumDatagrams || _octets + octets > _options.MaximumOctets)) Evict(oldest.Value);
        var partial = new PartialDatagram(now + _options.Patience);
        _partial[id] = partial;
        _oldestFirst.AddLast(id);
        return partial;
    }

    private void Evict(DatagramId id)
    {
        Forget(id, _partial[id]);
        Evicted++;
    }

    private void Forget(DatagramId id, PartialDatagram partial)
    {
        _octets -= partial.Octets;
        _partial.Remove(id);
        _oldestFirst.Remove(id);
    }

    private ReassemblyOutcome.Dropped GiveUp(DatagramId id, PartialDatagram partial, ReassemblyFault fault)
    {
        _octets -= partial.Octets;
        partial.GiveUp();
        return new ReassemblyOutcome.Dropped(id, fault);
    }
}
