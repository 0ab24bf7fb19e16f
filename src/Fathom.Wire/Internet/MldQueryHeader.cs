using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>A multicast listener query of version 2 to send (RFC 3810 §5.1).</summary>
/// <param name="MaxResponseCode">Until when to answer: <see cref="MulticastCode.EncodeWord"/> of milliseconds.</param>
/// <param name="Group">The group asked about, IPv6; "::" asks about all.</param>
/// <param name="Robustness">How many messages may be lost, and one, 0 to 7.</param>
/// <param name="QueryIntervalCode">The interval: <see cref="MulticastCode.EncodeByte"/> of seconds.</param>
/// <param name="Suppress">Other routers shall not restart their timers.</param>
/// <param name="Sources">Sources asked about, IPv6.</param>
public readonly record struct MldQueryHeader(
    ushort MaxResponseCode, IpAddress Group, byte Robustness = 2, byte QueryIntervalCode = 125, bool Suppress = false, ReadOnlyMemory<IpAddress> Sources = default)
    : IWireHeader
{
    /// <summary>Octets of the message, sources included.</summary>
    public int Length => MldQuery.FixedLength + (16 * Sources.Length);

    /// <summary>Writes the message with a checksum of zero, which no receiver accepts: for a caller that computes it later.</summary>
    /// <param name="destination">At least <see cref="Length"/> octets.</param>
    /// <returns>Octets written.</returns>
    /// <exception cref="InvalidOperationException">An address is not IPv6, or a value does not fit its field.</exception>
    public int WriteTo(Span<byte> destination)
    {
        if (Robustness > 7) throw new InvalidOperationException("The robustness variable has 3 bits.");
        new MldHeader(Icmpv6Type.MulticastListenerQuery, Group, MaxResponseCode).WriteTo(destination);
        destination[24] = (byte)((Suppress ? 8 : 0) | Robustness);
        destination[25] = QueryIntervalCode;
        BinaryPrimitives.WriteUInt16BigEndian(destination[26..], MulticastSources.Write(destination[MldQuery.FixedLength..], Sources.Span, IpVersion.V6));
        return Length;
    }

    /// <summary>Writes the message with its checksum.</summary>
    /// <param name="destination">Exactly the message.</param>
    /// <param name="sourceAddress">The packet's source, link-local (RFC 3810 §5.1.14).</param>
    /// <param name="destinationAddress">The packet's destination.</param>
    /// <returns>Octets written.</returns>
    public int WriteTo(Span<byte> destination, IpAddress sourceAddress, IpAddress destinationAddress)
    {
        var length = WriteTo(destination);
        Icmpv6Header.WriteChecksum(destination, sourceAddress, destinationAddress);
        return length;
    }
}
