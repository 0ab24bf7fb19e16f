using System.Buffers.Binary;

namespace Fathom.Wire.Application.Ntp;

/// <summary>The head of an NTP control message, mode 6 (RFC 9327 §2): what ntpq sends and gets.</summary>
public readonly ref struct NtpControl : IWireView<NtpControl>
{
    /// <summary>Octets before the data.</summary>
    public const int HeaderLength = 12;

    private static readonly FieldSpec[] Rows =
    [
        new("leapIndicator", 0, 2, "RFC 9327 §2"),
        new("version", 2, 3, "RFC 9327 §2"),
        new("mode", 5, 3, "RFC 9327 §2"),
        new("response", 8, 1, "RFC 9327 §2"),
        new("error", 9, 1, "RFC 9327 §2"),
        new("more", 10, 1, "RFC 9327 §2"),
        new("opcode", 11, 5, "RFC 9327 §2"),
        new("sequence", 16, 16, "RFC 9327 §2"),
        new("status", 32, 16, "RFC 9327 §3"),
        new("associationId", 48, 16, "RFC 9327 §2"),
        new("offset", 64, 16, "RFC 9327 §2"),
        new("count", 80, 16, "RFC 9327 §2"),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private NtpControl(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>The first two bits: 0 here.</summary>
    public byte LeapIndicator => (byte)(_bytes[0] >> 6);

    /// <summary>NTP's version, from 0 to 7.</summary>
    public byte Version => (byte)((_bytes[0] >> 3) & 7);

    /// <summary>R: a response.</summary>
    public bool IsResponse => (_bytes[1] & 0x80) != 0;

    /// <summary>E: an error.</summary>
    public bool IsError => (_bytes[1] & 0x40) != 0;

    /// <summary>M: more follows.</summary>
    public bool HasMore => (_bytes[1] & 0x20) != 0;

    /// <summary>What is asked: 1 read status, 2 read variables, 3 write variables …</summary>
    public byte Opcode => (byte)(_bytes[1] & 0x1F);

    /// <summary>Ties the answer to the question.</summary>
    public ushort Sequence => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>The state of the system, a peer or a clock, in bits.</summary>
    public ushort Status => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]);

    /// <summary>Which association; 0 is the system.</summary>
    public ushort AssociationId => BinaryPrimitives.ReadUInt16BigEndian(_bytes[6..]);

    /// <summary>Octets before this piece's data in the whole.</summary>
    public ushort Offset => BinaryPrimitives.ReadUInt16BigEndian(_bytes[8..]);

    /// <summary>Octets of data in this piece.</summary>
    public ushort Count => BinaryPrimitives.ReadUInt16BigEndian(_bytes[10..]);

    /// <summary>The data, without padding and authenticator.</summary>
    public ReadOnlySpan<byte> Data => _bytes.Slice(HeaderLength, Count);

    /// <summary>Header and data.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out NtpControl view, out WireError error)
    {
        view = default;
        error = default;
        if (bytes.Length > 0 && (NtpMode)(bytes[0] & 7) != NtpMode.Control) error = WireError.BadValue(NtpPacket.Protocol, 0, "mode is not 6, control");
        else if (bytes.Length < HeaderLength) error = WireError.TooShort(NtpPacket.Protocol, 0, HeaderLength, bytes.Length, "control header");
        if (error.IsError) return false;
        var count = BinaryPrimitives.ReadUInt16BigEndian(bytes[10..]);
        if (bytes.Length < HeaderLength + count)
        {
            error = WireError.TooShort(NtpPacket.Protocol, HeaderLength, count, bytes.Length - HeaderLength, "control data", LengthSource.ElementLength);
            return false;
        }

        view = new NtpControl(bytes[..(HeaderLength + count)]);
        return true;
    }
}
