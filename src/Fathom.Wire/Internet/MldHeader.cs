using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>A multicast listener query, report or done message of version 1 to send (RFC 2710 §3).</summary>
/// <param name="Type">Query, report or done.</param>
/// <param name="Group">The group, IPv6; "::" in a general query.</param>
/// <param name="MaxResponseDelay">In a query: until when to answer, milliseconds.</param>
public readonly record struct MldHeader(Icmpv6Type Type, IpAddress Group, ushort MaxResponseDelay = 0) : IWireHeader
{
    /// <summary>Octets of the message: 24.</summary>
    public int Length => MldMessage.FixedLength;

    /// <summary>Writes the message with a checksum of zero, which no receiver accepts: for a caller that computes it later.</summary>
    /// <param name="destination">At least <see cref="Length"/> octets.</param>
    /// <returns>Octets written.</returns>
    public int WriteTo(Span<byte> destination)
    {
        new Icmpv6Header(Type, 0, (uint)MaxResponseDelay << 16).WriteTo(destination);
        NdMessage.WriteAddress(Group, destination[8..]);
        return MldMessage.FixedLength;
    }

    /// <summary>Writes the message with its checksum.</summary>
    /// <param name="destination">Exactly the message.</param>
    /// <param name="sourceAddress">The packet's source, link-local (RFC 2710 §3).</param>
    /// <param name="destinationAddress">The packet's destination.</param>
    /// <returns>Octets written.</returns>
    public int WriteTo(Span<byte> destination, IpAddress sourceAddress, IpAddress destinationAddress)
    {
        WriteTo(destination);
        Icmpv6Header.WriteChecksum(destination, sourceAddress, destinationAddress);
        return MldMessage.FixedLength;
    }
}
