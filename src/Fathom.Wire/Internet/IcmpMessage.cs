using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>An ICMP message (RFC 792). It has no length of its own: it is the whole payload of its packet.</summary>
public readonly ref struct IcmpMessage : IWireView<IcmpMessage>
{
    /// <summary>Octets before the body, in every message.</summary>
    public const int HeaderLength = 8;

    private const string Name = "ICMP";

    private static readonly FieldSpec[] Rows = [.. Common, new("restOfHeader", 32, 32, "RFC 792")];

    private static readonly FieldSpec[] EchoRows =
        [.. Common, new("identifier", 32, 16, "RFC 792"), new("sequenceNumber", 48, 16, "RFC 792")];

    private static readonly FieldSpec[] UnreachableRows =
    [
        .. Common, new("unused", 32, 8, "RFC 792"), new("quotedLength", 40, 8, "RFC 4884 §4.1"),
        new("nextHopMtu", 48, 16, "RFC 1191 §4"),
    ];

    private static readonly FieldSpec[] TimeExceededRows =
    [
        .. Common, new("unused", 32, 8, "RFC 792"), new("quotedLength", 40, 8, "RFC 4884 §4.2"),
        new("unused2", 48, 16, "RFC 792"),
    ];

    private static readonly FieldSpec[] ParameterProblemRows =
    [
        .. Common, new("pointer", 32, 8, "RFC 792"), new("quotedLength", 40, 8, "RFC 4884 §4.3"),
        new("unused", 48, 16, "RFC 792"),
    ];

    private static readonly FieldSpec[] SolicitationRows = [.. Common, new("reserved", 32, 32, "RFC 1256 §3")];

    private static readonly FieldSpec[] RedirectRows = [.. Common, new("gateway", 32, 32, "RFC 792")];

    private readonly ReadOnlySpan<byte> _bytes;

    private IcmpMessage(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>The fields that every message has. <see cref="LayoutOf"/> knows the rest.</summary>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>What the message is.</summary>
    public IcmpType Type => (IcmpType)_bytes[0];

    /// <summary>Its variant; <see cref="IcmpText.Describe(IcmpType, byte)"/> says it in words.</summary>
    public byte Code => _bytes[1];

    /// <summary>The checksum as it stands.</summary>
    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>True if the message is intact by its checksum. A message that is cut is not.</summary>
    public bool ChecksumIsValid => InternetChecksum.Verify(_bytes);

    /// <summary>The four octets whose meaning the type defines.</summary>
    public uint RestOfHeader => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);

    /// <summary>Echo and timestamp messages: which conversation.</summary>
    public ushort Identifier => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]);

    /// <summary>Echo and timestamp messages: which question of it.</summary>
    public ushort SequenceNumber => BinaryPrimitives.ReadUInt16BigEndian(_bytes[6..]);

    /// <summary>Fragmentation needed: the largest packet the next link takes, in octets; 0 from a router older than RFC 1191.</summary>
    public ushort NextHopMtu => BinaryPrimitives.ReadUInt16BigEndian(_bytes[6..]);

    /// <summary>Redirect: the router to use instead.</summary>
    public IpAddress Gateway => IpAddress.FromV4(RestOfHeader);

    /// <summary>Parameter problem: the quoted packet's octet in which the problem is.</summary>
    public byte Pointer => _bytes[4];

    /// <summary>What follows the eight octets.</summary>
    public ReadOnlySpan<byte> Body => _bytes[HeaderLength..];

    /// <summary>The whole message.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>True for the messages about another packet, which they quote (RFC 1122 §3.2.2).</summary>
    public bool IsError => Type is IcmpType.DestinationUnreachable or IcmpType.SourceQuench or IcmpType.Redirect
        or IcmpType.TimeExceeded or IcmpType.ParameterProblem;

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
            if (Type == IcmpType.ExtendedEchoRequest) return Body;
            var length = QuotedLength;
            return length == 0 || length > Body.Length ? default : Body[length..];
        }
    }

    // RFC 4884 §4: the sixth octet counts the quoted packet's words of four. Zero means that there are no extensions, unless the
    // sender is older than the count.
    private int QuotedLength => Type is not (IcmpType.DestinationUnreachable or IcmpType.TimeExceeded or IcmpType.ParameterProblem)
        ? 0
        : _bytes[5] != 0 ? _bytes[5] * 4 : IcmpExtensionEnumerator.UncountedQuote(Body);

    private static ReadOnlySpan<FieldSpec> Common => new FieldSpec[]
    {
        new("type", 0, 8, "RFC 792"),
        new("code", 8, 8, "RFC 792"),
        new("checksum", 16, 16, "RFC 792"),
    };

    /// <summary>The fields of a message of one type, as far as they are always there.</summary>
    /// <param name="type">The type.</param>
    public static ReadOnlySpan<FieldSpec> LayoutOf(IcmpType type) => type switch
    {
        IcmpType.EchoRequest or IcmpType.EchoReply => EchoRows,
        IcmpType.TimestampRequest or IcmpType.TimestampReply => IcmpTimestamp.Layout,
        IcmpType.AddressMaskRequest or IcmpType.AddressMaskReply => IcmpAddressMask.Layout,
        IcmpType.RouterAdvertisement => IcmpRouterAdvertisement.Layout,
        IcmpType.RouterSolicitation => SolicitationRows,
        IcmpType.ExtendedEchoRequest => ExtendedEchoRequest.Layout,
        IcmpType.ExtendedEchoReply => ExtendedEchoReply.Layout,
        IcmpType.DestinationUnreachable => UnreachableRows,
        IcmpType.TimeExceeded => TimeExceededRows,
        IcmpType.ParameterProblem => ParameterProblemRows,
        IcmpType.Redirect => RedirectRows,
        _ => Rows,
    };

    /// <summary>The view over octets that were checked before, cut as the check cut them.</summary>
    internal static IcmpMessage FromChecked(ReadOnlySpan<byte> bytes) => new(bytes);

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out IcmpMessage view, out WireError error)
    {
        view = default;
        error = default;
        if (bytes.Length < HeaderLength)
        {
            error = WireError.TooShort(Name, 0, HeaderLength, bytes.Length, "header");
            return false;
        }

        view = new IcmpMessage(bytes);
        return true;
    }

    /// <summary>True if the fixed part is there and the type is one of the two asked for; of ICMPv6's messages as well.</summary>
    internal static bool Check(ReadOnlySpan<byte> bytes, int fixedLength, IcmpType first, IcmpType second, out WireError error)
    {
        error = default;
        if (bytes.Length < fixedLength)
            error = WireError.TooShort(Name, 0, fixedLength, bytes.Length, "message");
        else if ((IcmpType)bytes[0] != first && (IcmpType)bytes[0] != second)
            error = WireError.BadValue(Name, 0, "the type is not the one asked for");
        return !error.IsError;
    }
}
