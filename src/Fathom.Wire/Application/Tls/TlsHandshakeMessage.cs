namespace Fathom.Wire.Application.Tls;

/// <summary>A handshake message (RFC 8446 §4): a type, a length of 24 bits, and a body; cut to its length.</summary>
public readonly ref struct TlsHandshakeMessage : IWireView<TlsHandshakeMessage>
{
    /// <summary>Octets of a handshake header: type and 24 bits of length (RFC 8446 §4).</summary>
    public const int HeaderLength = 4;

    private static readonly FieldSpec[] Rows =
    [
        new("handshakeType", 0, 8, "RFC 8446 §4"),
        new("handshakeLength", 8, 24, "RFC 8446 §4"),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private TlsHandshakeMessage(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>Which message it is.</summary>
    public TlsHandshakeType Type => (TlsHandshakeType)_bytes[0];

    /// <summary>Octets of the body, as the header states them.</summary>
    public int Length => LengthAt(_bytes);

    /// <summary>What stands behind the four octets of type and length.</summary>
    public ReadOnlySpan<byte> Body => _bytes[HeaderLength..];

    /// <summary>The whole message.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out TlsHandshakeMessage view, out WireError error)
    {
        if (TryReadTruncated(bytes, out view, out error) && !error.IsError) return true;
        view = default;
        return false;
    }

    /// <summary>
    /// Reads a message whose end may be missing, as a record cuts it. True with an error means: the header is whole, the body is what is there.
    /// </summary>
    /// <param name="bytes">From the type on.</param>
    /// <param name="view">The view, or the default.</param>
    /// <param name="error">What is missing.</param>
    public static bool TryReadTruncated(ReadOnlySpan<byte> bytes, out TlsHandshakeMessage view, out WireError error)
    {
        view = default;
        if (bytes.Length < HeaderLength)
        {
            error = WireError.TooShort(TlsRecord.Protocol, 0, HeaderLength, bytes.Length, "handshake header");
            return false;
        }

        var length = LengthAt(bytes);
        var there = bytes.Length - HeaderLength;
        error = there < length ? WireError.TooShort(TlsRecord.Protocol, HeaderLength, length, there, "handshake message") : default;
        view = new TlsHandshakeMessage(bytes[..(HeaderLength + Math.Min(there, length))]);
        return true;
    }

    private static int LengthAt(ReadOnlySpan<byte> bytes) => (bytes[1] << 16) | (bytes[2] << 8) | bytes[3];
}
