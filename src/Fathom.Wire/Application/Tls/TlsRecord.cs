using System.Buffers.Binary;

namespace Fathom.Wire.Application.Tls;

/// <summary>
/// A TLS record (RFC 8446 §5.1, RFC 5246 §6.2), cut to its length. Read strictly: a content type and a version that TLS has, and a length that
/// some version allows. A stream's next record is behind <see cref="Bytes"/>; where it is not whole yet, the error says how many octets are
/// needed from its start on.
/// </summary>
public readonly ref struct TlsRecord : IWireView<TlsRecord>
{
    /// <summary>Octets before the fragment.</summary>
    public const int HeaderLength = 5;

    /// <summary>RFC 5246 §6.2.3: a protected fragment has at most 2^14 + 2048 octets (TLS 1.3 only 2^14 + 256).</summary>
    public const int MaximumLength = (1 << 14) + 2048;

    internal const string Protocol = "TLS";

    private static readonly FieldSpec[] Rows =
    [
        new("contentType", 0, 8, "RFC 8446 §5.1"),
        new("version", 8, 16, "RFC 8446 §5.1"),
        new("length", 24, 16, "RFC 8446 §5.1"),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private TlsRecord(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>What the fragment is.</summary>
    public TlsContentType ContentType => (TlsContentType)_bytes[0];

    /// <summary>legacy_record_version: until TLS 1.2 the version spoken; since, mostly 0x0303 and no meaning.</summary>
    public TlsVersion Version => (TlsVersion)BinaryPrimitives.ReadUInt16BigEndian(_bytes[1..]);

    /// <summary>Octets of the fragment, as the header states them.</summary>
    public ushort Length => BinaryPrimitives.ReadUInt16BigEndian(_bytes[3..]);

    /// <summary>The fragment, encrypted or not.</summary>
    public ReadOnlySpan<byte> Fragment => _bytes[HeaderLength..];

    /// <summary>The whole record.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out TlsRecord view, out WireError error)
    {
        if (TryReadTruncated(bytes, out view, out error) && !error.IsError) return true;
        view = default;
        return false;
    }

    /// <summary>
    /// Reads a record whose end may be missing, as a segment cuts it. True with an error means: the header is whole and right, the fragment is
    /// what is there, and the error says how much is missing.
    /// </summary>
    /// <param name="bytes">From the content type on.</param>
    /// <param name="view">The view, or the default.</param>
    /// <param name="error">What is missing or wrong. A wrong header shows with its first wrong octet, however few are there.</param>
    public static bool TryReadTruncated(ReadOnlySpan<byte> bytes, out TlsRecord view, out WireError error)
    {
        view = default;
        if (Check(bytes) is var fault and not TlsRecordFault.None)
        {
            error = Describe(fault, bytes);
            return false;
        }

        if (bytes.Length < HeaderLength)
        {
            error = WireError.TooShort(Protocol, 0, HeaderLength, bytes.Length, "record header");
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[3..]);
        var there = bytes.Length - HeaderLength;
        error = there < length ? WireError.TooShort(Protocol, HeaderLength, length, there, "record") : default;
        view = new TlsRecord(bytes[..(HeaderLength + Math.Min(there, length))]);
        return true;
    }

    /// <summary>What is wrong with a record's header, as far as it is there.</summary>
    /// <param name="header">Its first octets, any number.</param>
    internal static TlsRecordFault Check(ReadOnlySpan<byte> header)
    {
        // 20 change_cipher_spec, 21 alert, 22 handshake, 23 application_data; 24 is heartbeat (RFC 6520).
        if (header.Length >= 1 && header[0] is < 20 or > 24) return TlsRecordFault.UnknownContentType;
        if (header.Length >= 2 && header[1] != 3) return TlsRecordFault.UnknownVersion;
        if (header.Length < HeaderLength) return TlsRecordFault.None;
        var length = BinaryPrimitives.ReadUInt16BigEndian(header[3..]);
        if (length > MaximumLength) return TlsRecordFault.TooLong;
        return length == 0 && header[0] != (byte)TlsContentType.ApplicationData ? TlsRecordFault.Empty : TlsRecordFault.None;
    }

    private static WireError Describe(TlsRecordFault fault, ReadOnlySpan<byte> header) => fault switch
    {
        TlsRecordFault.UnknownContentType => WireError.BadValue(Protocol, 0, "content type that TLS does not have"),
        TlsRecordFault.UnknownVersion => WireError.BadVersion(Protocol, 1, "version whose first octet is not 3"),
        TlsRecordFault.Empty => WireError.BadLength(Protocol, 3, 1, 0, LengthSource.TotalLength, "record that may not be empty"),
        _ => WireError.BadLength(Protocol, 3, MaximumLength, BinaryPrimitives.ReadUInt16BigEndian(header[3..]), LengthSource.TotalLength, "record length that no version allows"),
    };
}
