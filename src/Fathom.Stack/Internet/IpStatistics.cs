using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>What the internet layer has counted for one version, by the names of RFC 4293's ipSystemStatsTable.</summary>
public sealed record IpStatistics
{
    /// <summary>Which version.</summary>
    public IpVersion Version { get; init; }

    /// <summary>Packets that came in.</summary>
    public long InReceives { get; init; }

    /// <summary>Packets with an error in their header.</summary>
    public long InHdrErrors { get; init; }

    /// <summary>Packets with addresses that are not right here.</summary>
    public long InAddrErrors { get; init; }

    /// <summary>Packets of a protocol that nobody here speaks.</summary>
    public long InUnknownProtos { get; init; }

    /// <summary>Packets for which there was no route.</summary>
    public long InNoRoutes { get; init; }

    /// <summary>Packets handed to an upper layer.</summary>
    public long InDelivers { get; init; }

    /// <summary>Packets that came in and were for others.</summary>
    public long InForwDatagrams { get; init; }

    /// <summary>Fragments that came for this host.</summary>
    public long ReasmReqds { get; init; }

    /// <summary>Packets put together of fragments.</summary>
    public long ReasmOKs { get; init; }

    /// <summary>Fragments, or sets of them, of which no packet became.</summary>
    public long ReasmFails { get; init; }

    /// <summary>Packets that this host's upper layers sent.</summary>
    public long OutRequests { get; init; }

    /// <summary>Packets passed on for others.</summary>
    public long OutForwDatagrams { get; init; }

    /// <summary>Packets cut into fragments.</summary>
    public long OutFragOKs { get; init; }

    /// <summary>Fragments made.</summary>
    public long OutFragCreates { get; init; }

    /// <summary>Packets that had to be cut and could not be.</summary>
    public long OutFragFails { get; init; }

    /// <summary>Packets handed to an interface, fragments counted one by one.</summary>
    public long OutTransmits { get; init; }

    /// <summary>Packets dropped for want of a neighbor or of room.</summary>
    public long OutDiscards { get; init; }

    /// <summary>Packets dropped, by reason: the index is a <see cref="DropReason"/>.</summary>
    public IReadOnlyList<long> Drops { get; init; } = [];
}
