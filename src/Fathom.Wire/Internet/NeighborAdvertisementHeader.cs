namespace Fathom.Wire.Internet;

/// <summary>A neighbor advertisement to send (RFC 4861 §4.4). Options, written by <see cref="NdOptionWriter"/>, follow it.</summary>
/// <param name="Target">The address that is advertised, IPv6.</param>
/// <param name="Router">The sender is a router.</param>
/// <param name="Solicited">It answers a solicitation.</param>
/// <param name="Override">The link-layer address replaces a cached one.</param>
public readonly record struct NeighborAdvertisementHeader(IpAddress Target, bool Router, bool Solicited, bool Override) : IWireHeader
{
    /// <summary>Octets before the options: 24.</summary>
    public int Length => NeighborAdvertisement.FixedLength;

    /// <summary>Writes the message with a checksum of zero, which no receiver accepts: for a caller that computes it later.</summary>
    /// <param name="destination">At least <see cref="Length"/> octets.</param>
    /// <returns>Octets written, options not counted.</returns>
    public int WriteTo(Span<byte> destination)
    {
        new Icmpv6Header(Icmpv6Type.NeighborAdvertisement, 0, (Router ? 0x8000_0000 : 0) | (Solicited ? 0x4000_0000u : 0) | (Override ? 0x2000_0000u : 0)).WriteTo(destination);
        NdMessage.WriteAddress(Target, destination[8..]);
        return NeighborAdvertisement.FixedLength;
    }

    /// <summary>Writes the message in front of options that are already in place, with its checksum.</summary>
    /// <param name="destination">Exactly the message: <see cref="Length"/> octets, then the options.</param>
    /// <param name="sourceAddress">The packet's source.</param>
    /// <param name="destinationAddress">The packet's destination.</param>
    /// <returns>Octets written, options not counted.</returns>
    public int WriteTo(Span<byte> destination, IpAddress sourceAddress, IpAddress destinationAddress)
    {
        WriteTo(destination);
        Icmpv6Header.WriteChecksum(destination, sourceAddress, destinationAddress);
        return NeighborAdvertisement.FixedLength;
    }
}
