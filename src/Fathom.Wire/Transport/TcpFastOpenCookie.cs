namespace Fathom.Wire.Transport;

/// <summary>A TCP fast open cookie (RFC 7413 §2). The default value is the empty cookie, which asks for one.</summary>
public readonly record struct TcpFastOpenCookie
{
    /// <summary>Octets of the shortest cookie (RFC 7413 §4.1.1).</summary>
    public const int MinLength = 4;

    /// <summary>Octets of the longest cookie (RFC 7413 §4.1.1).</summary>
    public const int MaxLength = 16;

    // Sixteen octets as a number, the first the most significant, so that a cookie is a value and needs no array.
    private readonly UInt128 _value;

    private TcpFastOpenCookie(UInt128 value, int length)
    {
        _value = value;
        Length = length;
    }

    /// <summary>Octets of the cookie: 0, or an even number from 4 to 16.</summary>
    public int Length { get; }

    /// <summary>Makes a cookie. False for a length that RFC 7413 §4.1.1 does not allow.</summary>
    /// <param name="bytes">The cookie's octets.</param>
    /// <param name="cookie">The cookie, or the default.</param>
    public static bool TryMake(ReadOnlySpan<byte> bytes, out TcpFastOpenCookie cookie)
    {
        cookie = default;
        if (bytes.Length != 0 && (bytes.Length is < MinLength or > MaxLength || bytes.Length % 2 != 0)) return false;
        UInt128 value = 0;
        for (var i = 0; i < bytes.Length; i++) value |= (UInt128)bytes[i] << (120 - (8 * i));
        cookie = new TcpFastOpenCookie(value, bytes.Length);
        return true;
    }

    /// <summary>Writes <see cref="Length"/> octets.</summary>
    /// <param name="destination">At least <see cref="Length"/> octets.</param>
    public void WriteTo(Span<byte> destination)
    {
        for (var i = 0; i < Length; i++) destination[i] = (byte)(_value >> (120 - (8 * i)));
    }
}
