using System.Buffers.Binary;
using Fathom.Wire.Link;

namespace Fathom.Hosts.Os.Linux.Link;

/// <summary>Puts a VLAN tag (IEEE 802.1Q §9.3) back that was taken out on reception.</summary>
internal static class VlanTagging
{
    public const int TagLength = 4;
    private const int AddressesLength = 2 * MacAddress.Length;

    /// <summary>A copy of the frame with the tag behind the addresses, cut to a number of octets.</summary>
    public static byte[] Insert(ReadOnlySpan<byte> frame, uint tag, int snapLength)
    {
        if (frame.Length < AddressesLength) return frame[..Math.Min(frame.Length, snapLength)].ToArray();
        var tagged = new byte[frame.Length + TagLength];
        frame[..AddressesLength].CopyTo(tagged);
        BinaryPrimitives.WriteUInt32BigEndian(tagged.AsSpan(AddressesLength), tag);
        frame[AddressesLength..].CopyTo(tagged.AsSpan(AddressesLength + TagLength));
        return tagged.Length <= snapLength ? tagged : tagged[..snapLength];
    }
}
