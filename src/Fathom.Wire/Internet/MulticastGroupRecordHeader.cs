using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>A group record to send in an IGMPv3 or MLDv2 report (RFC 3376 §4.2.3, RFC 3810 §5.2.4), without auxiliary data.</summary>
/// <param name="Type">What the record says.</param>
/// <param name="Group">The group; its version decides between IGMP and MLD.</param>
/// <param name="Sources">Up to 65,535 addresses of the group's version.</param>
public readonly record struct MulticastGroupRecordHeader(MulticastRecordType Type, IpAddress Group, ReadOnlyMemory<IpAddress> Sources = default)
    : IWireHeader
{
    /// <summary>Octets of the record.</summary>
    public int Length => 4 + (Group.Length * (1 + Sources.Length));

    /// <summary>Writes the record.</summary>
    /// <param name="destination">At least <see cref="Length"/> octets.</param>
    /// <returns>Octets written.</returns>
    /// <exception cref="InvalidOperationException">There are too many sources, or one is of another version than the group.</exception>
    public int WriteTo(Span<byte> destination)
    {
        destination[0] = (byte)Type;
        destination[1] = 0;
        Group.WriteTo(destination[4..]);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], MulticastSources.Write(destination[(4 + Group.Length)..], Sources.Span, Group.Version));
        return Length;
    }
}
