using System.Buffers.Binary;

namespace Fathom.Wire.Link;

/// <summary>
/// A VLAN tag (IEEE 802.1Q §9.6), read from after the EtherType that announced it: two octets of tag control
/// information, and the type or length of what follows.
/// </summary>
public readonly ref struct VlanTag : IWireView<VlanTag>
{
    /// <summary>Octets before the payload.</summary>
    public const int HeaderLength = 4;

    private const string Protocol = "VLAN";

    private static readonly FieldSpec[] Rows =
    [
        new("priority", 0, 3, "IEEE 802.1Q §9.6"),
        new("dropEligible", 3, 1, "IEEE 802.1Q §9.6"),
        new("vlanId", 4, 12, "IEEE 802.1Q §9.6"),
        new("typeOrLength", 16, 16, "IEEE 802.3 §3.2.6"),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private VlanTag(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>Priority code point, 0 to 7; 1 is the lowest, then 0 (IEEE 802.1Q annex I).</summary>
    public byte Priority => (byte)(_bytes[0] >> 5);

    /// <summary>Drop eligible indicator.</summary>
    public bool DropEligible => (_bytes[0] & 0x10) != 0;

    /// <summary>VLAN identifier, 0 to 4095; 0 means priority only, 4095 is reserved.</summary>
    public ushort VlanId => (ushort)(BinaryPrimitives.ReadUInt16BigEndian(_bytes) & 0x0FFF);

    /// <summary>The field as it stands: a length up to 1,500, a type from 1,536 on.</summary>
    public ushort TypeOrLength => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>What follows; <see cref="EtherType.None"/> where the field is a length.</summary>
    public EtherType EtherType
        => TypeOrLength <= Link.TypeOrLength.MaxLength ? EtherType.None : (EtherType)TypeOrLength;

    /// <summary>What follows the tag, as in <see cref="EthernetFrame.Payload"/>.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    /// <summary>The view over octets that were checked before, cut as the check cut them.</summary>
    internal static VlanTag FromChecked(ReadOnlySpan<byte> bytes) => new(bytes);

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out VlanTag view, out WireError error)
    {
        if (TryReadTruncated(bytes, out view, out error) && !error.IsError) return true;
        view = default;
        return false;
    }

    /// <summary>Reads a tag whose payload may be cut. True with an error means: the tag is there, the payload is cut.</summary>
    /// <param name="bytes">From the tag control information on.</param>
    /// <param name="view">The view, or the default.</param>
    /// <param name="error">What is missing or wrong.</param>
    public static bool TryReadTruncated(ReadOnlySpan<byte> bytes, out VlanTag view, out WireError error)
    {
        view = default;
        if (bytes.Length < HeaderLength)
        {
            error = WireError.TooShort(Protocol, 0, HeaderLength, bytes.Length, "tag");
            return false;
        }

        var value = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        if (!Link.TypeOrLength.TryCut(bytes[HeaderLength..], value, Protocol, 2, out var payload, out error)) return false;
        view = new VlanTag(bytes[..(HeaderLength + payload.Length)]);
        return true;
    }
}
