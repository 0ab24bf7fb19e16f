using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>The eight octets of an ICMP message to send (RFC 792). The checksum is computed when it is written.</summary>
/// <param name="Type">What the message is.</param>
/// <param name="Code">Its variant.</param>
/// <param name="RestOfHeader">The four octets whose meaning the type defines.</param>
public readonly record struct IcmpHeader(IcmpType Type, byte Code, uint RestOfHeader) : IWireHeader
{
    /// <summary>Octets of the header: 8.</summary>
    public int Length => IcmpMessage.HeaderLength;

    /// <summary>An echo request.</summary>
    /// <param name="identifier">Which conversation.</param>
    /// <param name="sequenceNumber">Which question of it.</param>
    public static IcmpHeader EchoRequest(ushort identifier, ushort sequenceNumber)
        => new(IcmpType.EchoRequest, 0, ((uint)identifier << 16) | sequenceNumber);

    /// <summary>The answer to an echo request.</summary>
    /// <param name="identifier">As in the request.</param>
    /// <param name="sequenceNumber">As in the request.</param>
    public static IcmpHeader EchoReply(ushort identifier, ushort sequenceNumber)
        => new(IcmpType.EchoReply, 0, ((uint)identifier << 16) | sequenceNumber);

    /// <summary>Destination unreachable; the quoted packet follows.</summary>
    /// <param name="code">Why.</param>
    public static IcmpHeader DestinationUnreachable(IcmpUnreachableCode code)
        => new(IcmpType.DestinationUnreachable, (byte)code, 0);

    /// <summary>Fragmentation needed but not allowed (RFC 1191 §4); the quoted packet follows.</summary>
    /// <param name="nextHopMtu">The largest packet that the next link takes, in octets.</param>
    public static IcmpHeader FragmentationNeeded(ushort nextHopMtu)
        => new(IcmpType.DestinationUnreachable, (byte)IcmpUnreachableCode.FragmentationNeeded, nextHopMtu);

    /// <summary>Time exceeded; the quoted packet follows.</summary>
    /// <param name="code">0 in transit, 1 while fragments were collected.</param>
    public static IcmpHeader TimeExceeded(byte code = 0) => new(IcmpType.TimeExceeded, code, 0);

    /// <summary>Redirect for a host; the quoted packet follows.</summary>
    /// <param name="gateway">The router to use instead, IPv4.</param>
    public static IcmpHeader Redirect(IpAddress gateway) => new(IcmpType.Redirect, 1, (uint)gateway.Value);

    /// <summary>Parameter problem; the quoted packet follows.</summary>
    /// <param name="pointer">The quoted packet's octet in which the problem is.</param>
    public static IcmpHeader ParameterProblem(byte pointer) => new(IcmpType.ParameterProblem, 0, (uint)pointer << 24);

    /// <summary>Writes the header in front of a body that is already in place.</summary>
    /// <param name="destination">Exactly the message: 8 octets, then the body.</param>
    /// <returns>Octets of header written.</returns>
    public int WriteTo(Span<byte> destination)
    {
        destination[0] = (byte)Type;
        destination[1] = Code;
        destination[2] = destination[3] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], RestOfHeader);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], InternetChecksum.Compute(destination));
        return IcmpMessage.HeaderLength;
    }
}
