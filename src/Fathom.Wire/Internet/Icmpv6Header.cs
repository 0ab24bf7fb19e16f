using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>The first eight octets of an ICMPv6 message to send (RFC 4443).</summary>
/// <param name="Type">What the message is.</param>
/// <param name="Code">Its variant.</param>
/// <param name="RestOfHeader">The four octets whose meaning the type defines.</param>
public readonly record struct Icmpv6Header(Icmpv6Type Type, byte Code, uint RestOfHeader) : IWireHeader
{
    /// <summary>Octets of the header: 8.</summary>
    public int Length => Icmpv6Message.HeaderLength;

    /// <summary>An echo request.</summary>
    /// <param name="identifier">Which conversation.</param>
    /// <param name="sequenceNumber">Which question of it.</param>
    public static Icmpv6Header EchoRequest(ushort identifier, ushort sequenceNumber)
        => new(Icmpv6Type.EchoRequest, 0, ((uint)identifier << 16) | sequenceNumber);

    /// <summary>The answer to an echo request.</summary>
    /// <param name="identifier">As in the request.</param>
    /// <param name="sequenceNumber">As in the request.</param>
    public static Icmpv6Header EchoReply(ushort identifier, ushort sequenceNumber)
        => new(Icmpv6Type.EchoReply, 0, ((uint)identifier << 16) | sequenceNumber);

    /// <summary>Destination unreachable; the quoted packet follows.</summary>
    /// <param name="code">Why.</param>
    public static Icmpv6Header DestinationUnreachable(Icmpv6UnreachableCode code)
        => new(Icmpv6Type.DestinationUnreachable, (byte)code, 0);

    /// <summary>Packet too big; the quoted packet follows.</summary>
    /// <param name="mtu">The largest packet that the next link takes, in octets.</param>
    public static Icmpv6Header PacketTooBig(uint mtu) => new(Icmpv6Type.PacketTooBig, 0, mtu);

    /// <summary>Time exceeded; the quoted packet follows.</summary>
    /// <param name="code">0 in transit, 1 while fragments were collected.</param>
    public static Icmpv6Header TimeExceeded(byte code = 0) => new(Icmpv6Type.TimeExceeded, code, 0);

    /// <summary>Parameter problem; the quoted packet follows.</summary>
    /// <param name="code">0 field, 1 next header, 2 option.</param>
    /// <param name="pointer">The quoted packet's octet in which the problem is.</param>
    public static Icmpv6Header ParameterProblem(byte code, uint pointer) => new(Icmpv6Type.ParameterProblem, code, pointer);

    /// <summary>Writes the header with a checksum of zero, which no receiver accepts: for a caller that computes it later.</summary>
    /// <param name="destination">At least 8 octets.</param>
    /// <returns>Octets of header written.</returns>
    public int WriteTo(Span<byte> destination)
    {
        destination[0] = (byte)Type;
        destination[1] = Code;
        destination[2] = destination[3] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], RestOfHeader);
        return Icmpv6Message.HeaderLength;
    }

    /// <summary>Writes the header in front of a body that is already in place, with its checksum (RFC 4443 §2.3).</summary>
    /// <param name="destination">Exactly the message: 8 octets, then the body.</param>
    /// <param name="sourceAddress">The packet's source.</param>
    /// <param name="destinationAddress">The packet's final destination.</param>
    /// <returns>Octets of header written.</returns>
    public int WriteTo(Span<byte> destination, IpAddress sourceAddress, IpAddress destinationAddress)
    {
        WriteTo(destination);
        WriteChecksum(destination, sourceAddress, destinationAddress);
        return Icmpv6Message.HeaderLength;
    }

    /// <summary>Fills in the checksum of a message whose checksum field is zero.</summary>
    internal static void WriteChecksum(Span<byte> message, IpAddress source, IpAddress destination)
        => BinaryPrimitives.WriteUInt16BigEndian(message[2..], InternetChecksum.Compute(message, source, destination, IpProtocol.Icmpv6));
}
