namespace Fathom.Wire.Internet;

/// <summary>A neighbor solicitation to send (RFC 4861 §4.3). Options, written by <see cref="NdOptionWriter"/>, follow it.</summary>
/// <param name="Target">The address asked for, IPv6.</param>
public readonly record struct NeighborSolicitationHeader(IpAddress Target) : IWireHeader
{
    /// <summary>Octets before the options: 24.</summary>
    public int Length => NeighborSolicitation.FixedLength;

    /// <summary>Writes the message with a checksum of zero, which no receiver accepts: for a caller that computes it later.</summary>
    /// <param name="destination">At least <see cref="Length"/> octets.</param>
    /// <returns>Octets written, options not counted.</returns>
    public int WriteTo(Span<byte> destination)
    {
        new Icmpv6Header(Icmpv6Type.NeighborSolicitation, 0, 0).WriteTo(destination);
        NdMessage.WriteAddress(Target, destination[8..]);
        return NeighborSolicitation.FixedLength;
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
        return NeighborSolicitation.FixedLength;
    }
}
