using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>An IGMPv3 membership query to send (RFC 3376 §4.1). The checksum is computed when it is written.</summary>
/// <param name="MaxResponseCode">Until when to answer: <see cref="MulticastCode.EncodeByte"/> of tenths of a second.</param>
/// <param name="Group">The group asked about, IPv4; 0.0.0.0 asks about all.</param>
/// <param name="Robustness">How many messages may be lost, and one, 0 to 7.</param>
/// <param name="QueryIntervalCode">The interval: <see cref="MulticastCode.EncodeByte"/> of seconds.</param>
/// <param name="Suppress">Other routers shall not restart their timers.</param>
/// <param name="Sources">Sources asked about, IPv4.</param>
public readonly record struct IgmpQueryHeader(
    byte MaxResponseCode, IpAddress Group, byte Robustness = 2, byte QueryIntervalCode = 125, bool Suppress = false, ReadOnlyMemory<IpAddress> Sources = default)
    : IWireHeader
{
    /// <summary>Octets of the message, sources included.</summary>
    public int Length => IgmpQuery.FixedLength + (4 * Sources.Length);

    /// <summary>Writes the message.</summary>
    /// <param name="destination">At least <see cref="Length"/> octets, which the checksum covers.</param>
    /// <returns>Octets written.</returns>
    /// <exception cref="InvalidOperationException">An address is not IPv4, or a value does not fit its field.</exception>
    public int WriteTo(Span<byte> destination)
    {
        if (!Group.IsV4) throw new InvalidOperationException("IGMP is about IPv4 groups.");
        if (Robustness > 7) throw new InvalidOperationException("The robustness variable has 3 bits.");
        var message = destination[..Length];
        message[0] = (byte)IgmpType.MembershipQuery;
        message[1] = MaxResponseCode;
        message[2] = message[3] = 0;
        Group.WriteTo(message[4..]);
        message[8] = (byte)((Suppress ? 8 : 0) | Robustness);
        message[9] = QueryIntervalCode;
        BinaryPrimitives.WriteUInt16BigEndian(message[10..], MulticastSources.Write(message[IgmpQuery.FixedLength..], Sources.Span, IpVersion.V4));
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], InternetChecksum.Compute(message));
        return Length;
    }
}
