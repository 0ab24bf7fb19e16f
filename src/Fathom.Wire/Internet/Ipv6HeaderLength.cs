namespace Fathom.Wire.Internet;

/// <summary>The length check that extension headers in the format of RFC 6564 share.</summary>
internal static class Ipv6HeaderLength
{
    /// <summary>Cuts the bytes to the header: its second octet counts words of eight behind the first.</summary>
    internal static bool TryCut(ref ReadOnlySpan<byte> bytes, int minLength, string name, out WireError error)
    {
        error = default;
        var length = bytes.Length < 2 ? minLength : (bytes[1] + 1) * 8;
        if (bytes.Length >= 2 && length < minLength)
            error = WireError.BadLength(name, 1, minLength, length, LengthSource.HeaderLength, "header length");
        else if (bytes.Length < length)
            error = WireError.TooShort(name, 0, length, bytes.Length, "header");
        else
            bytes = bytes[..length];
        return !error.IsError;
    }
}
