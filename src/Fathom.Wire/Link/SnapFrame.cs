using System.Buffers.Binary;

namespace Fathom.Wire.Link;

/// <summary>A SNAP header and what it carries (IEEE 802 §9.5, RFC 1042), read from behind the LLC header.</summary>
public readonly ref struct SnapFrame : IWireView<SnapFrame>
{
    /// <summary>Octets before the payload.</summary>
    public const int HeaderLength = 5;

    private static readonly FieldSpec[] Rows = [new("organization", 0, 24, "RFC 1042"), new("type", 24, 16, "RFC 1042")];

    private readonly ReadOnlySpan<byte> _bytes;

    private SnapFrame(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>Whose number the type is: 24 bits of an OUI; zero makes it an EtherType.</summary>
    public uint Organization => BinaryPrimitives.ReadUInt32BigEndian(_bytes) >> 8;

    /// <summary>The type as it stands.</summary>
    public ushort Type => BinaryPrimitives.ReadUInt16BigEndian(_bytes[3..]);

    /// <summary>What follows; <see cref="EtherType.None"/> where another organization numbers the type, or the number is no EtherType.</summary>
    public EtherType EtherType => Organization == 0 && Type >= TypeOrLength.MinType ? (EtherType)Type : EtherType.None;

    /// <summary>What follows the header.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out SnapFrame view, out WireError error)
    {
        view = default;
        error = default;
        if (bytes.Length < HeaderLength)
        {
            error = WireError.TooShort("SNAP", 0, HeaderLength, bytes.Length, "header");
            return false;
        }

        view = new SnapFrame(bytes);
        return true;
    }
}
