using System.Buffers.Binary;

namespace Fathom.Wire.Link;

/// <summary>A VLAN tag to send, written after the EtherType that announces it (IEEE 802.1Q §9.6).</summary>
/// <param name="VlanId">VLAN identifier, 0 to 4095.</param>
/// <param name="EtherType">What follows.</param>
/// <param name="Priority">Priority code point, 0 to 7.</param>
/// <param name="DropEligible">Drop eligible indicator.</param>
public readonly record struct VlanHeader(ushort VlanId, EtherType EtherType, byte Priority = 0, bool DropEligible = false)
    : IWireHeader
{
    /// <summary>Octets that <see cref="WriteTo"/> writes: 4.</summary>
    public int Length => VlanTag.HeaderLength;

    /// <summary>Writes the tag control information and the type.</summary>
    /// <param name="destination">At least <see cref="Length"/> octets.</param>
    /// <returns>Octets written.</returns>
    /// <exception cref="InvalidOperationException">A value does not fit its field.</exception>
    public int WriteTo(Span<byte> destination)
    {
        if (VlanId > 0x0FFF) throw new InvalidOperationException("A VLAN identifier has 12 bits.");
        if (Priority > 7) throw new InvalidOperationException("A VLAN priority has 3 bits.");
        BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)((Priority << 13) | (DropEligible ? 0x1000 : 0) | VlanId));
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)EtherType);
        return VlanTag.HeaderLength;
    }
}
