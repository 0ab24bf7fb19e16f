using System.Buffers.Binary;
using Fathom.Wire.Application.Tls;

namespace Fathom.Wire.Dissection.Streams;

/// <summary>
/// TLS: as many whole records as are there (RFC 8446 §5.1), and no end within a handshake message that goes on in the next record.
/// </summary>
internal sealed class TlsFramer : StreamFramer
{
    // The second octet of the versions that exist: 0 is SSL 3.0, 4 TLS 1.3.
    private const byte LastMinor = 4;

    // After change_cipher_spec a handshake record's octets are ciphertext, and the first four are no header.
    private bool _isProtected;

    internal override IApplicationDissector Dissector => TlsDissector.Instance;

    internal override string Unit => "a TLS record";

    /// <summary>True if a stream may begin so; null where more octets are needed to say.</summary>
    /// <param name="bytes">The stream's first octets; not empty.</param>
    internal static bool? BeginsLike(ReadOnlySpan<byte> bytes)
    {
        // No stream begins with a change_cipher_spec, and nobody sends heartbeats any more.
        if ((TlsContentType)bytes[0] is TlsContentType.ChangeCipherSpec or TlsContentType.Heartbeat || !IsRecord(bytes)) return false;
        if (bytes.Length < TlsRecord.HeaderLength) return null;
        return BinaryPrimitives.ReadUInt16BigEndian(bytes[3..]) > 1;
    }

    internal override StreamUnit Next(ReadOnlySpan<byte> bytes)
    {
        var (at, whole, isProtected) = (0, 0, _isProtected);
        Span<byte> header = stackalloc byte[TlsHandshakeMessage.HeaderLength];
        var (headerLength, missing) = (0, 0); // of the handshake message under way: octets of its header, octets of its body to come
        while (bytes.Length - at >= TlsRecord.HeaderLength)
        {
            var type = (TlsContentType)bytes[at];
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 3)..]);
            if (!IsRecord(bytes[at..]))
            {
                if (whole > 0) break;
                return StreamUnit.Foreign;
            }

            if (bytes.Length - at - TlsRecord.HeaderLength < length) break;
            var fragment = bytes.Slice(at + TlsRecord.HeaderLength, length);
            at += TlsRecord.HeaderLength + length;
            if (type == TlsContentType.ChangeCipherSpec) isProtected = true;
            if (type == TlsContentType.Handshake && !isProtected) Walk(fragment, header, ref headerLength, ref missing);
            if (headerLength != 0 || missing != 0) continue;
            whole = at;
            _isProtected = isProtected;
        }

        return whole == 0 ? StreamUnit.Incomplete : new StreamUnit(StreamUnitKind.Message, whole);
    }

    private static bool IsRecord(ReadOnlySpan<byte> bytes)
    {
        const int Minor = 2;
        return TlsRecord.Check(bytes) == TlsRecordFault.None && (bytes.Length <= Minor || bytes[Minor] <= LastMinor);
    }

    private static void Walk(ReadOnlySpan<byte> fragment, Span<byte> header, ref int headerLength, ref int missing)
    {
        while (!fragment.IsEmpty)
        {
            if (missing == 0)
            {
                header[headerLength++] = fragment[0];
                fragment = fragment[1..];
                if (headerLength < TlsHandshakeMessage.HeaderLength) continue;
                missing = (header[1] << 16) | (header[2] << 8) | header[3];
                headerLength = 0;
                continue;
            }

            var taken = Math.Min(missing, fragment.Length);
            missing -= taken;
            fragment = fragment[taken..];
        }
    }
}
