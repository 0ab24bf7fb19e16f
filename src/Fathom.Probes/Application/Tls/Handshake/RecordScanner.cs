using System.Buffers.Binary;
using System.Globalization;

namespace Fathom.Probes.Application.Tls.Handshake;

/// <summary>
/// Follows the record headers (RFC 8446 §5.1) of a byte stream that comes in any pieces. A fault shows as soon
/// as the octets of the header that prove it are there; the payload is never waited for.
/// </summary>
internal sealed class RecordScanner
{
    public const int HeaderLength = 5;

    /// <summary>RFC 5246 §6.2.3: a protected fragment has at most 2^14 + 2048 octets (TLS 1.3 only 2^14 + 256).</summary>
    public const int MaximumLength = (1 << 14) + 2048;

    private readonly byte[] _header = new byte[HeaderLength];
    private int _headerCount;
    private int _remaining;
    private int _emptyInARow;

    /// <summary>Record headers read so far.</summary>
    public int Records { get; private set; }

    /// <summary>The fault; the scanner stays at it.</summary>
    public RecordFault Fault { get; private set; }

    /// <summary>True when the fault is in the very first record: the peer does not speak TLS.</summary>
    public bool FaultIsInFirstRecord => Fault != RecordFault.None && Records == 0;

    /// <summary>The content type of the last whole header.</summary>
    public byte ContentType { get; private set; }

    /// <summary>The version field of the last whole header.</summary>
    public ushort Version { get; private set; }

    /// <summary>The length field of the last whole header.</summary>
    public ushort Length { get; private set; }

    /// <summary>The fault for people.</summary>
    public string Detail => Fault switch
    {
        RecordFault.UnknownContentType => string.Create(CultureInfo.InvariantCulture, $"a record of content type {_header[0]}, which TLS does not have"),
        RecordFault.UnknownVersion => string.Create(CultureInfo.InvariantCulture, $"a record of version 0x{_header[1]:x2}{(_headerCount > 2 ? _header[2] : 0):x2}; the first octet must be 3"),
        RecordFault.TooLong => string.Create(CultureInfo.InvariantCulture, $"a record of {Length} octets; {MaximumLength} are allowed"),
        RecordFault.Empty => "a handshake, alert or change_cipher_spec record without content",
        RecordFault.TooManyEmpty => string.Create(CultureInfo.InvariantCulture, $"more than {HandshakeLimits.MaximumEmptyRecords} empty records in a row"),
        _ => "",
    };

    /// <summary>
    /// Reads up to the end of the next header or of the octets.
    /// </summary>
    /// <param name="octets">The octets; those read are cut off.</param>
    /// <returns>True after a whole, good header; false when octets ran out or at a fault.</returns>
    public bool TryReadHeader(ref ReadOnlySpan<byte> octets)
    {
        if (Fault != RecordFault.None) return false;
        var skip = Math.Min(_remaining, octets.Length);
        _remaining -= skip;
        octets = octets[skip..];
        while (_remaining == 0 && !octets.IsEmpty)
        {
            _header[_headerCount++] = octets[0];
            octets = octets[1..];
            Check();
            if (Fault != RecordFault.None) return false;
            if (_headerCount < HeaderLength) continue;
            _headerCount = 0;
            _remaining = Length;
            Records++;
            return true;
        }

        return false;
    }

    /// <summary>Reads all the octets.</summary>
    /// <param name="octets">The octets.</param>
    /// <returns>False at a fault.</returns>
    public bool Feed(ReadOnlySpan<byte> octets)
    {
        while (TryReadHeader(ref octets))
        {
        }

        return Fault == RecordFault.None;
    }

    private void Check()
    {
        switch (_headerCount)
        {
            // 20 change_cipher_spec, 21 alert, 22 handshake, 23 application_data; 24 is heartbeat (RFC 6520).
            case 1 when _header[0] is < 20 or > 24:
                Fault = RecordFault.UnknownContentType;
                break;
            case 2 when _header[1] != 3:
                Fault = RecordFault.UnknownVersion;
                break;
            case HeaderLength:
                ContentType = _header[0];
                Version = BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(1));
                Length = BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(3));
                CheckLength();
                break;
        }
    }

    private void CheckLength()
    {
        _emptyInARow = Length == 0 ? _emptyInARow + 1 : 0;
        if (Length > MaximumLength) Fault = RecordFault.TooLong;
        else if (Length == 0 && ContentType != 23) Fault = RecordFault.Empty;
        else if (_emptyInARow > HandshakeLimits.MaximumEmptyRecords) Fault = RecordFault.TooManyEmpty;
    }
}
