namespace Fathom.Wire.Internet;

/// <summary>A redirect to send (RFC 4861 §4.5). Options, written by <see cref="NdOptionWriter"/>, follow it.</summary>
/// <param name="Target">The better first hop, IPv6.</param>
/// <param name="Destination">Whose packets are to go there, IPv6.</param>
public readonly record struct NeighborRedirectHeader(IpAddress Target, IpAddress Destination) : IWireHeader
{
    /// <summary>Octets before the options: 40.</summary>
    public int Length => NeighborRedirect.FixedLength;

    /// <summary>Writes the message with a checksum of zero, which no receiver accepts: for a caller that computes it later.</summary>
    /// <param name="destination">At least <see cref="Length"/> octets.</param>
    /// <returns>Octets written, options not counted.</returns>
    public int WriteTo(Span<byte> destination)
    {
        new Icmpv6Header(Icmpv6Type.Redirect, 0, 0).WriteTo(destination);
        NdMessage.WriteAddress(Target, destination[8..]);
        NdMessage.WriteAddress(Destination, destination[24..]);
        return NeighborRedirect.FixedLength;
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
        return NeighborRedirect.FixedLength;
    }
}
