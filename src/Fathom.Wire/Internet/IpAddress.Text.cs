using System.Globalization;

namespace Fathom.Wire.Internet;

public readonly partial record struct IpAddress
{
    /// <summary>
    /// Every digit written out: eight groups of four hexadecimal digits, or four octets of three digits each, which only
    /// people should read, since some programs take them for octal.
    /// </summary>
    public string ToExpandedString()
    {
        var value = _value;
        return _isV6
            ? string.Join(':', Enumerable.Range(0, 8).Select(i => ((ushort)(value >> (112 - (16 * i)))).ToString("x4", CultureInfo.InvariantCulture)))
            : string.Join('.', Enumerable.Range(0, 4).Select(i => ((byte)(value >> (24 - (8 * i)))).ToString("d3", CultureInfo.InvariantCulture)));
    }

    /// <summary>The bits: octets separated by dots for IPv4, groups of 16 by colons for IPv6.</summary>
    public string ToBinaryString()
    {
        var value = _value;
        return _isV6
            ? string.Join(':', Enumerable.Range(0, 8).Select(i => ((ushort)(value >> (112 - (16 * i)))).ToString("b16", CultureInfo.InvariantCulture)))
            : string.Join('.', Enumerable.Range(0, 4).Select(i => ((byte)(value >> (24 - (8 * i)))).ToString("b8", CultureInfo.InvariantCulture)));
    }

    /// <summary>"0x" and all 8 or 32 hexadecimal digits.</summary>
    public string ToHexString() => "0x" + _value.ToString(_isV6 ? "x32" : "x8", CultureInfo.InvariantCulture);
}
