using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>An encapsulating security payload (RFC 4303): two numbers in the clear, and the rest encrypted.</summary>
public readonly ref struct EncapsulatedPayload : IWireView<EncapsulatedPayload>
{
    /// <summary>Octets before the encrypted part.</summary>
    public const int HeaderLength = 8;

    private static readonly FieldSpec[] Rows =
        [new("securityParametersIndex", 0, 32, "RFC 4303 §2.1"), new("sequenceNumber", 32, 32, "RFC 4303 §2.2")];

    private readonly ReadOnlySpan<byte> _bytes;

    private EncapsulatedPayload(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>Which security association.</summary>
    public uint SecurityParametersIndex => BinaryPrimitives.ReadUInt32BigEndian(_bytes);

    /// <summary>The packet's number in that association.</summary>
    public uint SequenceNumber => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);

    /// <summary>Payload, padding, next header and integrity check value, which only the key's owners can tell apart.</summary>
    public ReadOnlySpan<byte> Encrypted => _bytes[HeaderLength..];

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out EncapsulatedPayload view, out WireError error)
    {
        view = default;
        error = default;
        if (bytes.Length < HeaderLength)
        {
            error = WireError.TooShort("ESP", 0, HeaderLength, bytes.Length, "header");
            return false;
        }

        view = new EncapsulatedPayload(bytes);
        return true;
    }
}
