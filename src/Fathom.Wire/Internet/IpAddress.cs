using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Fathom.Wire.Internet;

/// <summary>
/// An IPv4 or IPv6 address as a value. The default value is the IPv4 unspecified address 0.0.0.0.
/// An IPv6 address may carry the number of its zone (RFC 4007 §11); it takes part in equality.
/// </summary>
public readonly partial record struct IpAddress : IComparable<IpAddress>, ISpanFormattable
{
    // Two halves, as a UInt128 begins at a multiple of 16 and would make 32 octets of these 24.
    private readonly ulong _high;
    private readonly ulong _low;
    private readonly uint _zone;
    private readonly bool _isV6;

    private IpAddress(ulong high, ulong low, bool isV6, uint zone)
    {
        _high = high;
        _low = low;
        _isV6 = isV6;
        _zone = zone;
    }

    /// <summary>0.0.0.0.</summary>
    public static IpAddress AnyV4 => default;

    /// <summary>The unspecified IPv6 address, "::".</summary>
    public static IpAddress AnyV6 => new(0, 0, true, 0);

    /// <summary>The unspecified address of a version: 0.0.0.0 or "::".</summary>
    /// <param name="version">The version.</param>
    public static IpAddress Any(IpVersion version) => version == IpVersion.V6 ? AnyV6 : AnyV4;

    /// <summary>127.0.0.1.</summary>
    public static IpAddress LoopbackV4 => FromV4(0x7F00_0001);

    /// <summary>::1.</summary>
    public static IpAddress LoopbackV6 => FromV6(1);

    /// <summary>The protocol version.</summary>
    public IpVersion Version => _isV6 ? IpVersion.V6 : IpVersion.V4;

    /// <summary>True for an IPv4 address.</summary>
    public bool IsV4 => !_isV6;

    /// <summary>True for an IPv6 address.</summary>
    public bool IsV6 => _isV6;

    /// <summary>The address as a number; an IPv4 address fills the low 32 bits.</summary>
    public UInt128 Value => new(_high, _low);

    /// <summary>The zone's number (an interface index), or 0 for none. Always 0 for IPv4.</summary>
    public uint Zone => _zone;

    /// <summary>Bits in an address of this version: 32 or 128.</summary>
    public int BitLength => _isV6 ? 128 : 32;

    /// <summary>Octets in an address of this version: 4 or 16.</summary>
    public int Length => _isV6 ? 16 : 4;

    /// <summary>0.0.0.0 or "::".</summary>
    public bool IsUnspecified => (_high | _low) == 0;

    /// <summary>127.0.0.0/8 (RFC 1122 §3.2.1.3) or ::1 (RFC 4291 §2.5.3).</summary>
    public bool IsLoopback => _isV6 ? _high == 0 && _low == 1 : _low >> 24 == 127;

    /// <summary>224.0.0.0/4 (RFC 5771) or ff00::/8 (RFC 4291 §2.7).</summary>
    public bool IsMulticast => _isV6 ? _high >> 56 == 0xFF : _low >> 28 == 0xE;

    /// <summary>169.254.0.0/16 (RFC 3927) or fe80::/10 (RFC 4291 §2.5.6).</summary>
    public bool IsLinkLocal => _isV6 ? _high >> 54 == 0x3FA : _low >> 16 == 0xA9FE;

    /// <summary>10/8, 172.16/12, 192.168/16 (RFC 1918) or fc00::/7 (RFC 4193).</summary>
    public bool IsPrivate => _isV6
        ? _high >> 57 == 0x7E
        : _low >> 24 == 10 || _low >> 20 == 0xAC1 || _low >> 16 == 0xC0A8;

    /// <summary>An IPv4 address inside ::ffff:0:0/96 (RFC 4291 §2.5.5.2).</summary>
    public bool IsV4Mapped => _isV6 && _high == 0 && _low >> 32 == 0xFFFF;

    /// <summary>Makes an IPv4 address from its 32 bits, 0x7F000001 being 127.0.0.1.</summary>
    /// <param name="value">The bits; the first octet on the wire is the most significant.</param>
    public static IpAddress FromV4(uint value) => new(0, value, false, 0);

    /// <summary>Makes an IPv6 address from its 128 bits.</summary>
    /// <param name="value">The bits; the first octet on the wire is the most significant.</param>
    /// <param name="zone">The zone's number, 0 for none.</param>
    public static IpAddress FromV6(UInt128 value, uint zone = 0) => new((ulong)(value >> 64), (ulong)value, true, zone);

    /// <summary>Reads 4 octets as an IPv4 or 16 octets as an IPv6 address, in network order.</summary>
    /// <param name="bytes">Exactly 4 or 16 octets.</param>
    /// <exception cref="ArgumentException">Another number of octets.</exception>
    public static IpAddress FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        4 => FromV4(BinaryPrimitives.ReadUInt32BigEndian(bytes)),
        16 => new IpAddress(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]), true, 0),
        _ => throw new ArgumentException("An address has 4 or 16 octets.", nameof(bytes)),
    };

    /// <summary>Writes <see cref="Length"/> octets in network order; the zone is not written.</summary>
    /// <param name="destination">At least <see cref="Length"/> octets.</param>
    public void WriteTo(Span<byte> destination)
    {
        if (_isV6) BinaryPrimitives.WriteUInt128BigEndian(destination, Value);
        else BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)_low);
    }

    /// <summary>The octets in network order.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        WriteTo(bytes);
        return bytes;
    }

    /// <summary>The same address with another zone. An IPv4 address has none and comes back as it is.</summary>
    /// <param name="zone">The zone's number, 0 for none.</param>
    public IpAddress WithZone(uint zone) => _isV6 ? new IpAddress(_high, _low, true, zone) : this;

    /// <summary>The IPv4 address inside an IPv4-mapped one; any other address comes back as it is.</summary>
    public IpAddress Unmap() => IsV4Mapped ? FromV4((uint)_low) : this;

    /// <summary>Orders IPv4 before IPv6, then by number, then by zone.</summary>
    /// <param name="other">The address to compare with.</param>
    public int CompareTo(IpAddress other)
    {
        var c = _isV6.CompareTo(other._isV6);
        if (c == 0) c = _high.CompareTo(other._high);
        if (c == 0) c = _low.CompareTo(other._low);
        return c == 0 ? _zone.CompareTo(other._zone) : c;
    }

    /// <summary>See <see cref="CompareTo"/>.</summary>
    public static bool operator <(IpAddress left, IpAddress right) => left.CompareTo(right) < 0;

    /// <summary>See <see cref="CompareTo"/>.</summary>
    public static bool operator >(IpAddress left, IpAddress right) => left.CompareTo(right) > 0;

    /// <summary>See <see cref="CompareTo"/>.</summary>
    public static bool operator <=(IpAddress left, IpAddress right) => left.CompareTo(right) <= 0;

    /// <summary>See <see cref="CompareTo"/>.</summary>
    public static bool operator >=(IpAddress left, IpAddress right) => left.CompareTo(right) >= 0;

    /// <summary>
    /// Dotted decimal, or the canonical text of RFC 5952 (lower case, the longest run of zeros shortened,
    /// IPv4-mapped addresses with a dotted tail). A zone follows as "%N".
    /// </summary>
    public override string ToString()
    {
        Span<byte> buffer = stackalloc byte[MaxTextLength];
        return Encoding.ASCII.GetString(buffer[..Format(buffer)]);
    }

    /// <summary>Writes the text of <see cref="ToString()"/> in ASCII, and allocates nothing.</summary>
    /// <param name="utf8Destination">Takes the text.</param>
    /// <param name="bytesWritten">Octets written; 0 where the answer is false.</param>
    /// <returns>False if there is no room.</returns>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten)
    {
        if (utf8Destination.Length >= MaxTextLength)
        {
            bytesWritten = Format(utf8Destination);
            return true;
        }

        Span<byte> buffer = stackalloc byte[MaxTextLength];
        var length = Format(buffer);
        var fits = buffer[..length].TryCopyTo(utf8Destination);
        bytesWritten = fits ? length : 0;
        return fits;
    }

    /// <inheritdoc cref="ToString()"/>
    /// <param name="format">Has no meaning here.</param>
    /// <param name="formatProvider">Has no meaning here: the text is the same in every culture.</param>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <summary>Writes the text of <see cref="ToString()"/>, and allocates nothing.</summary>
    /// <param name="destination">Takes the text.</param>
    /// <param name="charsWritten">Characters written; 0 where the answer is false.</param>
    /// <param name="format">Has no meaning here.</param>
    /// <param name="provider">Has no meaning here.</param>
    /// <returns>False if there is no room.</returns>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        Span<byte> buffer = stackalloc byte[MaxTextLength];
        return Encoding.ASCII.TryGetChars(buffer[..Format(buffer)], destination, out charsWritten);
    }

    // 39 characters of eight groups, a percent sign and the ten digits of a zone, with room.
    private const int MaxTextLength = 64;

    private int Format(Span<byte> buffer)
    {
        int at;
        if (!_isV6) return FormatV4((uint)_low, buffer, 0);
        if (IsV4Mapped)
        {
            "::ffff:"u8.CopyTo(buffer);
            at = FormatV4((uint)_low, buffer, 7);
        }
        else
        {
            at = FormatV6Groups(buffer);
        }

        if (_zone == 0) return at;
        buffer[at++] = (byte)'%';
        _zone.TryFormat(buffer[at..], out var written, default, CultureInfo.InvariantCulture);
        return at + written;
    }

    private static int FormatV4(uint value, Span<byte> buffer, int at)
    {
        for (var shift = 24; shift >= 0; shift -= 8)
        {
            var octet = (value >> shift) & 0xFF;
            if (octet >= 100) buffer[at++] = (byte)('0' + (octet / 100));
            if (octet >= 10) buffer[at++] = (byte)('0' + (octet / 10 % 10));
            buffer[at++] = (byte)('0' + (octet % 10));
            if (shift > 0) buffer[at++] = (byte)'.';
        }

        return at;
    }

    private int FormatV6Groups(Span<byte> buffer)
    {
        // RFC 5952 §4.2: "::" takes the longest run of zero groups, the first of equals, never a single group.
        int bestStart = -1, bestLength = 1;
        for (var i = 0; i < 8; i++)
        {
            var length = 0;
            while (i + length < 8 && Group(i + length) == 0) length++;
            if (length > bestLength) (bestStart, bestLength) = (i, length);
            i += length;
        }

        var at = 0;
        for (var i = 0; i < 8; i++)
        {
            if (i == bestStart)
            {
                buffer[at++] = (byte)':';
                buffer[at++] = (byte)':';
                i += bestLength - 1;
                continue;
            }

            if (i > 0 && (bestStart < 0 || i != bestStart + bestLength)) buffer[at++] = (byte)':';
            var group = Group(i);
            for (var shift = group >= 0x1000 ? 12 : group >= 0x100 ? 8 : group >= 0x10 ? 4 : 0; shift >= 0; shift -= 4)
                buffer[at++] = "0123456789abcdef"u8[(group >> shift) & 0xF];
        }

        return at;
    }

    private ushort Group(int index) => (ushort)((index < 4 ? _high : _low) >> (48 - (16 * (index & 3))));
}
