namespace Fathom.Wire.Internet;

/// <summary>
/// The first eight octets of a multicast listener report of version 2 to send (RFC 3810 §5.2). Records, each a
/// <see cref="MulticastGroupRecordHeader"/>, follow them.
/// </summary>
/// <param name="RecordCount">How many records follow.</param>
public readonly record struct MldReportHeader(ushort RecordCount) : IWireHeader
{
    /// <summary>Octets before the records: 8.</summary>
    public int Length => MldReport.FixedLength;

    /// <summary>Writes the octets with a checksum of zero, which no receiver accepts: for a caller that computes it later.</summary>
    /// <param name="destination">At least <see cref="Length"/> octets.</param>
    /// <returns>Octets written, records not counted.</returns>
    public int WriteTo(Span<byte> destination)
        => new Icmpv6Header(Icmpv6Type.MulticastListenerReportV2, 0, RecordCount).WriteTo(destination);

    /// <summary>Writes the octets in front of records that are already in place, with the checksum.</summary>
    /// <param name="destination">Exactly the message: 8 octets, then the records.</param>
    /// <param name="sourceAddress">The packet's source: link-local, or "::" before there is one (RFC 3810 §5.2.13).</param>
    /// <param name="destinationAddress">The packet's destination, ff02::16 (RFC 3810 §5.2.14).</param>
    /// <returns>Octets written, records not counted.</returns>
    public int WriteTo(Span<byte> destination, IpAddress sourceAddress, IpAddress destinationAddress)
        => new Icmpv6Header(Icmpv6Type.MulticastListenerReportV2, 0, RecordCount).WriteTo(destination, sourceAddress, destinationAddress);
}
