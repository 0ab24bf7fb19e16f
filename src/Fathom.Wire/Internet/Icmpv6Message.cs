using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>An ICMPv6 message (RFC 4443). It has no length of its own: it is the whole payload of its packet.</summary>
public readonly ref struct Icmpv6Message : IWireView<Icmpv6Message>
{
    /// <summary>Octets before the body of errors and echo messages.</summary>
    public const int HeaderLength = 8;

    private const string Name = "ICMPv6";

    private static readonly FieldSpec[] Rows = [.. Common, new("restOfHeader", 32, 32, "RFC 4443 §2.1")];

    private static readonly FieldSpec[] EchoRows =
        [.. Common, new("identifier", 32, 16, "RFC 4443 §4.1"), new("sequenceNumber", 48, 16, "RFC 4443 §4.1")];

    private static readonly FieldSpec[] QuotingRows =
        [.. Common, new("quotedLength", 32, 8, "RFC 4884 §4.4"), new("unused", 40, 24, "RFC 4443 §3.1")];

    private static readonly FieldSpec[] PacketTooBigRows = [.. Common, new("mtu", 32, 32, "RFC 4443 §3.2")];

    private static readonly FieldSpec[] ParameterProblemRows = [.. Common, new("pointer", 32, 32, "RFC 4443 §3.4")];

    private static readonly FieldSpec[] InverseRows = [.. Common, new("reserved", 32, 32, "RFC 3122 §2.1")];

    private readonly ReadOnlySpan<byte> _bytes;

    private Icmpv6Message(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>The fields that every message has. <see cref="LayoutOf"/> knows the rest.</summary>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>What the message is.</summary>
    public Icmpv6Type Type => (Icmpv6Type)_bytes[0];

    /// <summary>Its variant; <see cref="Icmpv6Text.Describe(Icmpv6Type, byte)"/> says it in words.</summary>
    public byte Code => _bytes[1];

    /// <summary>The checksum as it stands.</summary>
    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>The four octets whose meaning the type defines.</summary>
    public uint RestOfHeader => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);

    /// <summary>Echo messages: which conversation.</summary>
    public ushort Identifier => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]);

    /// <summary>Echo messages: which question of it.</summary>
    public ushort SequenceNumber => BinaryPrimitives.ReadUInt16BigEndian(_bytes[6..]);

    /// <summary>Packet too big: the largest packet that the next link takes, in octets.</summary>
    public uint Mtu => RestOfHeader;

    /// <summary>Parameter problem: the quoted packet's octet in which the problem is.</summary>
    public uint Pointer => RestOfHeader;

    /// <summary>What follows the eight octets.</summary>
    public ReadOnlySpan<byte> Body => _bytes[HeaderLength..];

    /// <summary>The whole message.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>True for the messages about another packet, which they quote (RFC 4443 §2.1).</summary>
    public bool IsError => (byte)Type is > 0 and < 128;

    /// <summary>The start of the packet that an error is about; empty for other messages. Without the extensions of RFC 4884.</summary>
    public ReadOnlySpan<byte> QuotedPacket
    {
        get
        {
            if (!IsError) return default;
            var length = QuotedLength;
            return length == 0 || length > Body.Length ? Body : Body[..length];
        }
    }

    /// <summary>The extension structure behind the quoted packet (RFC 4884 §7), or of an extended echo request; empty where there is none.</summary>
    public ReadOnlySpan<byte> Extensions
    {
        get
        {
            if (Type == Icmpv6Type.ExtendedEchoRequest) return Body;
            var length = QuotedLength;
            return length == 0 || length > Body.Length ? default : Body[length..];
        }
    }

    // RFC 4884 §4.4 and §4.5: the fifth octet counts the quoted packet's words of eight. Zero means that there are no extensions,
    // unless the sender is older than the count.
    private int QuotedLength => Type is not (Icmpv6Type.DestinationUnreachable or Icmpv6Type.TimeExceeded)
        ? 0
        : _bytes[4] != 0 ? _bytes[4] * 8 : IcmpExtensionEnumerator.UncountedQuote(Body);

    private static ReadOnlySpan<FieldSpec> Common => new FieldSpec[]
    {
        new("type", 0, 8, "RFC 4443 §2.1"),
        new("code", 8, 8, "RFC 4443 §2.1"),
        new("checksum", 16, 16, "RFC 4443 §2.3"),
    };

    /// <summary>The fields of a message of one type, as far as they are always there; of a multicast listener query, those of version 1.</summary>
    /// <param name="type">The type.</param>
    public static ReadOnlySpan<FieldSpec> LayoutOf(Icmpv6Type type) => type switch
    {
        Icmpv6Type.EchoRequest or Icmpv6Type.EchoReply => EchoRows,
        Icmpv6Type.DestinationUnreachable or Icmpv6Type.TimeExceeded => QuotingRows,
        Icmpv6Type.PacketTooBig => PacketTooBigRows,
        Icmpv6Type.ParameterProblem => ParameterProblemRows,
        Icmpv6Type.MulticastListenerQuery or Icmpv6Type.MulticastListenerReport or Icmpv6Type.MulticastListenerDone => MldMessage.Layout,
        Icmpv6Type.MulticastListenerReportV2 => MldReport.Layout,
        Icmpv6Type.NodeInformationQuery or Icmpv6Type.NodeInformationReply => NodeInformation.Layout,
        Icmpv6Type.InverseSolicitation or Icmpv6Type.InverseAdvertisement => InverseRows,
        Icmpv6Type.ExtendedEchoRequest => ExtendedEchoRequest.Layout,
        Icmpv6Type.ExtendedEchoReply => ExtendedEchoReply.Layout,
        Icmpv6Type.RouterSolicitation => RouterSolicitation.Layout,
        Icmpv6Type.RouterAdvertisement => RouterAdvertisement.Layout,
        Icmpv6Type.NeighborSolicitation => NeighborSolicitation.Layout,
        Icmpv6Type.NeighborAdvertisement => NeighborAdvertisement.Layout,
        Icmpv6Type.Redirect => NeighborRedirect.Layout,
        _ => Rows,
    };

    /// <summary>True if the message is intact by its checksum, which covers a pseudo-header (RFC 4443 §2.3). A message that is cut is not.</summary>
    /// <param name="source">The packet's source.</param>
    /// <param name="destination">The packet's final destination.</param>
    public bool ChecksumIsValid(IpAddress source, IpAddress destination)
        => InternetChecksum.Verify(_bytes, source, destination, IpProtocol.Icmpv6);

    /// <summary>The view over octets that were checked before, cut as the check cut them.</summary>
    internal static Icmpv6Message FromChecked(ReadOnlySpan<byte> bytes) => new(bytes);

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Icmpv6Message view, out WireError error)
    {
        view = default;
        error = default;
        if (bytes.Length < HeaderLength)
        {
            error = WireError.TooShort(Name, 0, HeaderLength, bytes.Length, "header");
            return false;
        }

        view = new Icmpv6Message(bytes);
        return true;
    }
}
