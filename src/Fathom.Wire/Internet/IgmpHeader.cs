using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>An IGMP message of version 1 or 2 to send: query, report, or leave (RFC 2236 §2). The checksum is computed when it is written.</summary>
/// <param name="Type">What the message is.</param>
/// <param name="Group">The group, IPv4; 0.0.0.0 in a general query.</param>
/// <param name="MaxResponseCode">In a query: until when to answer, tenths of a second; 0 makes it one of version 1.</param>
public readonly record struct IgmpHeader(IgmpType Type, IpAddress Group, byte MaxResponseCode = 0) : IWireHeader
{
    /// <summary>Octets of the message: 8.</summary>
    public int Length => IgmpMessage.MinLength;

    /// <summary>Writes the message.</summary>
    /// <param name="destination">At least 8 octets; the checksum covers 8.</param>
    /// <returns>Octets written.</returns>
    /// <exception cref="InvalidOperationException">The group is not IPv4.</exception>
    public int WriteTo(Span<byte> destination)
    {
        if (!Group.IsV4) throw new InvalidOperationException("IGMP is about IPv4 groups.");
        destination[0] = (byte)Type;
        destination[1] = MaxResponseCode;
        destination[2] = destination[3] = 0;
        Group.WriteTo(destination[4..]);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], InternetChecksum.Compute(destination[..Length]));
        return Length;
    }
}
