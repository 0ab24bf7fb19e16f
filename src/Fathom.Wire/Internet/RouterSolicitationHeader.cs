namespace Fathom.Wire.Internet;

/// <summary>A router solicitation to send (RFC 4861 §4.1). Options, written by <see cref="NdOptionWriter"/>, follow it.</summary>
public readonly record struct RouterSolicitationHeader : IWireHeader
{
    /// <summary>Octets before the options: 8.</summary>
    public int Length => RouterSolicitation.FixedLength;

    /// <summary>Writes the message with a checksum of zero, which no receiver accepts: for a caller that computes it later.</summary>
    /// <param name="destination">At least <see cref="Length"/> octets.</param>
    /// <returns>Octets written, options not counted.</returns>
    public int WriteTo(Span<byte> destination) => new Icmpv6Header(Icmpv6Type.RouterSolicitation, 0, 0).WriteTo(destination);

    /// <summary>Writes the message in front of options that are already in place, with its checksum.</summary>
    /// <param name="destination">Exactly the message: <see cref="Length"/> octets, then the options.</param>
    /// <param name="sourceAddress">The packet's source.</param>
    /// <param name="destinationAddress">The packet's destination.</param>
    /// <returns>Octets written, options not counted.</returns>
    public int WriteTo(Span<byte> destination, IpAddress sourceAddress, IpAddress destinationAddress)
    {
        WriteTo(destination);
        Icmpv6Header.WriteChecksum(destination, sourceAddress, destinationAddress);
        return RouterSolicitation.FixedLength;
    }
}
