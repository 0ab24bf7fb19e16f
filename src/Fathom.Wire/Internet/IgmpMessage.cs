using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>
/// An IGMP message of any version, as far as all agree: type, code, checksum, and the group that is meant (RFC 2236 §2). It is the whole
/// payload of its packet. <see cref="IgmpQuery"/> and <see cref="IgmpReport"/> read what version 3 has behind that.
/// </summary>
public readonly ref struct IgmpMessage : IWireView<IgmpMessage>
{
    /// <summary>Octets of the shortest message.</summary>
    public const int MinLength = 8;

    internal const string Name = "IGMP";

    private static readonly FieldSpec[] Rows =
    [
        new("type", 0, 8, "RFC 2236 §2.1"), new("maxResponseCode", 8, 8, "RFC 2236 §2.2"), new("checksum", 16, 16, "RFC 2236 §2.3"),
        new("group", 32, 32, "RFC 2236 §2.4"),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private IgmpMessage(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>What the message is.</summary>
    public IgmpType Type => (IgmpType)_bytes[0];

    /// <summary>In a query: until when to answer, by <see cref="MulticastCode.Decode(byte)"/> tenths of a second; 0 of version 1 means ten seconds.</summary>
    public byte MaxResponseCode => _bytes[1];

    /// <summary>The checksum as it stands.</summary>
    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>True if the message is intact by its checksum. A message that is cut is not.</summary>
    public bool ChecksumIsValid => InternetChecksum.Verify(_bytes);

    /// <summary>The group that is meant; 0.0.0.0 in a general query. A version 3 report has other fields here.</summary>
    public IpAddress Group => IpAddress.FromBytes(_bytes.Slice(4, 4));

    /// <summary>
    /// The version of a query or report, 1 to 3, which for a query its length and code tell (RFC 3376 §7.1); 0 for a query of another
    /// length, which is to be dropped, and for other messages.
    /// </summary>
    public int Version => Type switch
    {
        IgmpType.MembershipQuery => _bytes.Length >= IgmpQuery.FixedLength ? 3 : _bytes.Length > MinLength ? 0 : MaxResponseCode == 0 ? 1 : 2,
        IgmpType.ReportV1 => 1,
        IgmpType.ReportV2 or IgmpType.LeaveGroup => 2,
        IgmpType.ReportV3 => 3,
        _ => 0,
    };

    /// <summary>The whole message.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out IgmpMessage view, out WireError error)
    {
        view = default;
        error = default;
        if (bytes.Length < MinLength)
        {
            error = WireError.TooShort(Name, 0, MinLength, bytes.Length, "message");
            return false;
        }

        view = new IgmpMessage(bytes);
        return true;
    }

    /// <summary>True if the fixed part is there and the type is the one asked for.</summary>
    internal static bool Check(ReadOnlySpan<byte> bytes, IgmpType type, int fixedLength, out WireError error)
    {
        error = default;
        if (bytes.Length < fixedLength)
            error = WireError.TooShort(Name, 0, fixedLength, bytes.Length, type.Describe());
        else if (bytes[0] != (byte)type)
            error = WireError.BadValue(Name, 0, "the type is not the one asked for");
        return !error.IsError;
    }
}
