using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>An IP authentication header (RFC 4302), read to find what follows it. Its check value is opaque.</summary>
public readonly ref struct AuthenticationHeader : IWireView<AuthenticationHeader>
{
    /// <summary>Octets before the integrity check value.</summary>
    public const int FixedLength = 12;

    private const string Name = "AH";

    private static readonly FieldSpec[] Rows =
    [
        new("nextHeader", 0, 8, "RFC 4302 §2.1"),
        new("payloadLength", 8, 8, "RFC 4302 §2.2"),
        new("reserved", 16, 16, "RFC 4302 §2.3"),
        new("securityParametersIndex", 32, 32, "RFC 4302 §2.4"),
        new("sequenceNumber", 64, 32, "RFC 4302 §2.5"),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private AuthenticationHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>What follows the header.</summary>
    public IpProtocol NextHeader => (IpProtocol)_bytes[0];

    /// <summary>The header's length in octets (the field counts words of four, minus two).</summary>
    public int HeaderLength => _bytes.Length;

    /// <summary>Sixteen bits that are sent as zero.</summary>
    public ushort Reserved => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Which security association.</summary>
    public uint SecurityParametersIndex => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);

    /// <summary>The packet's number in that association.</summary>
    public uint SequenceNumber => BinaryPrimitives.ReadUInt32BigEndian(_bytes[8..]);

    /// <summary>The integrity check value.</summary>
    public ReadOnlySpan<byte> IntegrityCheckValue => _bytes[FixedLength..];

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out AuthenticationHeader view, out WireError error)
    {
        view = default;
        error = default;
        if (bytes.Length < FixedLength)
        {
            error = WireError.TooShort(Name, 0, FixedLength, bytes.Length, "header");
            return false;
        }

        var length = (bytes[1] + 2) * 4;
        if (length < FixedLength)
            error = WireError.BadLength(Name, 1, FixedLength, length, LengthSource.HeaderLength, "header length");
        else if (length > bytes.Length)
            error = WireError.TooShort(Name, FixedLength, length - FixedLength, bytes.Length - FixedLength, "integrity check value");
        if (error.IsError) return false;

        view = new AuthenticationHeader(bytes[..length]);
        return true;
    }
}
