using System.Buffers.Binary;

namespace Fathom.Wire.Dissection.Streams;

/// <summary>
/// TLS: as many whole records as are there (RFC 8446 §5.1), and no end within a handshake message that goes on in the next record.
/// </summary>
internal sealed class TlsFramer : StreamFramer
{
    private const int RecordHeader = 5;
    private const int HandshakeHeader = 4;
    private const byte ChangeCipherSpec = 20;
    private const byte Alert = 21;
    private const byte Handshake = 22;
    private const byte ApplicationData = 23;
    private const byte Heartbeat = 24;

    // RFC 5246 §6.2.3: a record's protected fragment has at most 2^14 + 2048 octets.
    private const int MaxFragment = (1 << 14) + 2048;

    // After change_cipher_spec a handshake record's octets are ciphertext, and the first four are no header.
    private bool _isProtected;

    internal override IApplicationDissector Dissector => TlsDissector.Instance;

    internal override string Unit => "a TLS record";

    /// <summary>True if a stream may begin so; null where more octets are needed to say.</summary>
    /// <param name="bytes">The stream's first octets; not empty.</param>
    internal static bool? BeginsLike(ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] is < Alert or > ApplicationData || (bytes.Length > 1 && bytes[1] != 3) || (bytes.Length > 2 && bytes[2] > 4)) return false;
        if (bytes.Length < RecordHeader) return null;
        return BinaryPrimitives.ReadUInt16BigEndian(bytes[3..]) is > 1 and <= MaxFragment;
    }

    internal override StreamUnit Next(ReadOnlySpan<byte> bytes)
    {
        var (at, whole, isProtected) = (0, 0, _isProtected);
        Span<byte> header = stackalloc byte[HandshakeHeader];
        var (headerLength, missing) = (0, 0); // of the handshake message under way: octets of its header, octets of its body to come
        while (bytes.Length - at >= RecordHeader)
        {
            var type = bytes[at];
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 3)..]);
            if (type is < ChangeCipherSpec or > Heartbeat || bytes[at + 1] != 3 || bytes[at + 2] > 4 || length > MaxFragment)
            {
                if (whole > 0) break;
                return StreamUnit.Foreign;
            }

            if (bytes.Length - at - RecordHeader < length) break;
            var fragment = bytes.Slice(at + RecordHeader, length);
            at += RecordHeader + length;
            if (type == ChangeCipherSpec) isProtected = true;
            if (type == Handshake && !isProtected) Walk(fragment, header, ref headerLength, ref missing);
            if (headerLength != 0 || missing != 0) continue;
            whole = at;
            _isProtected = isProtected;
        }

        return whole == 0 ? StreamUnit.Incomplete : new StreamUnit(StreamUnitKind.Message, whole);
    }

    private static void Walk(ReadOnlySpan<byte> fragment, Span<byte> header, ref int headerLength, ref int missing)
    {
        while (!fragment.IsEmpty)
        {
            if (missing == 0)
            {
                header[headerLength++] = fragment[0];
                fragment = fragment[1..];
                if (headerLength < HandshakeHeader) continue;
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
