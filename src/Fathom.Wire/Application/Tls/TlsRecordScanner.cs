using System.Buffers.Binary;
using System.Globalization;

namespace Fathom.Wire.Application.Tls;

/// <summary>
/// Follows the record headers (RFC 8446 §5.1) of a byte stream that comes in any pieces. A fault shows as soon
/// as the octets of the header that prove it are there; the payload is never waited for, and nothing of it is kept.
/// </summary>
public sealed class TlsRecordScanner
{
    /// <summary>Empty records in a row. RFC 5246 §6.2.1 allows them as cover traffic; OpenSSL stops at 32.</summary>
    public const int MaximumEmptyRecords = 32;

    private readonly byte[] _header = new byte[TlsRecord.HeaderLength];
    private int _headerCount;
    private int _emptyInARow;

    /// <summary>Record headers read so far.</summary>
    public int Records { get; private set; }

    /// <summary>The fault; the scanner stays at it.</summary>
    public TlsRecordFault Fault { get; private set; }

    /// <summary>True when the fault is in the very first record: the peer does not speak TLS.</summary>
    public bool FaultIsInFirstRecord => Fault != TlsRecordFault.None && Records == 0;

    /// <summary>The content type of the last whole header.</summary>
    public TlsContentType ContentType { get; private set; }

    /// <summary>The version field of the last whole header.</summary>
    public TlsVersion Version { get; private set; }

    /// <summary>The length field of the last whole header, in octets.</summary>
    public ushort Length { get; private set; }

    /// <summary>Octets of the last record's fragment that are still to come.</summary>
    public int Remaining { get; private set; }

    /// <summary>The fault for people; empty without one.</summary>
    public string Detail => Fault switch
    {
        TlsRecordFault.UnknownContentType => string.Create(CultureInfo.InvariantCulture, $"a record of content type {_header[0]}, which TLS does not have"),
        TlsRecordFault.UnknownVersion => string.Create(CultureInfo.InvariantCulture, $"a record of version 0x{_header[1]:x2}{(_headerCount > 2 ? _header[2] : 0):x2}; the first octet must be 3"),
        TlsRecordFault.TooLong => string.Create(CultureInfo.InvariantCulture, $"a record of {Length} octets; {TlsRecord.MaximumLength} are allowed"),
        TlsRecordFault.Empty => "a handshake, alert or change_cipher_spec record without content",
        TlsRecordFault.TooManyEmpty => string.Create(CultureInfo.InvariantCulture, $"more than {MaximumEmptyRecords} empty records in a row"),
        _ => "",
    };

    /// <summary>
    /// Reads up to the end of the next header or of the octets.
    /// </summary>
    /// <param name="octets">The octets; those read are cut off.</param>
    /// <returns>True after a whole, good header; false when octets ran out or at a fault.</returns>
    public bool TryReadHeader(ref ReadOnlySpan<byte> octets)
    {
        if (Fault != TlsRecordFault.None) return false;
        var skip = Math.Min(Remaining, octets.Length);
        Remaining -= skip;
        octets = octets[skip..];
        while (Remaining == 0 && !octets.IsEmpty)
        {
            _header[_headerCount++] = octets[0];
            octets = octets[1..];
            Check();
            if (Fault != TlsRecordFault.None) return false;
            if (_headerCount < TlsRecord.HeaderLength) continue;
            _headerCount = 0;
            Remaining = Length;
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

        return Fault == TlsRecordFault.None;
    }

    private void Check()
    {
        if (_headerCount == TlsRecord.HeaderLength)
        {
            ContentType = (TlsContentType)_header[0];
            Version = (TlsVersion)BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(1));
            Length = BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(3));
            _emptyInARow = Length == 0 ? _emptyInARow + 1 : 0;
        }

        Fault = TlsRecord.Check(_header.AsSpan(0, _headerCount));
        if (Fault == TlsRecordFault.None && _emptyInARow > MaximumEmptyRecords) Fault = TlsRecordFault.TooManyEmpty;
    }
}
