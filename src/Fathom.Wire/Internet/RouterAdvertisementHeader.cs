using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>A router advertisement to send (RFC 4861 §4.2). Options, written by <see cref="NdOptionWriter"/>, follow it.</summary>
/// <param name="CurrentHopLimit">The hop limit that hosts shall use; 0 for no advice.</param>
/// <param name="Managed">Addresses are to be had by DHCPv6.</param>
/// <param name="OtherConfiguration">Other configuration is to be had by DHCPv6.</param>
/// <param name="RouterLifetime">Seconds for which the router is a default router; 0: it is none.</param>
/// <param name="ReachableTime">Milliseconds; 0 for no advice.</param>
/// <param name="RetransmitTimer">Milliseconds; 0 for no advice.</param>
/// <param name="Preference">Two bits: 0 medium, 1 high, 3 low (RFC 4191 §2.2).</param>
public readonly record struct RouterAdvertisementHeader(
    byte CurrentHopLimit, bool Managed, bool OtherConfiguration, ushort RouterLifetime,
    uint ReachableTime = 0, uint RetransmitTimer = 0, byte Preference = 0)
    : IWireHeader
{
    /// <summary>Octets before the options: 16.</summary>
    public int Length => RouterAdvertisement.FixedLength;

    /// <summary>Writes the message with a checksum of zero, which no receiver accepts: for a caller that computes it later.</summary>
    /// <param name="destination">At least <see cref="Length"/> octets.</param>
    /// <returns>Octets written, options not counted.</returns>
    public int WriteTo(Span<byte> destination)
    {
        var flags = (Managed ? 0x80_0000u : 0) | (OtherConfiguration ? 0x40_0000u : 0) | ((Preference & 3u) << 19);
        new Icmpv6Header(Icmpv6Type.RouterAdvertisement, 0, ((uint)CurrentHopLimit << 24) | flags | RouterLifetime).WriteTo(destination);
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], ReachableTime);
        BinaryPrimitives.WriteUInt32BigEndian(destination[12..], RetransmitTimer);
        return RouterAdvertisement.FixedLength;
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
        return RouterAdvertisement.FixedLength;
    }
}
