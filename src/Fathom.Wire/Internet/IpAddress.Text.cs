using System.Globalization;

namespace Fathom.Wire.Internet;

public readonly partial record struct IpAddress
{
    /// <summary>
    /// Every digit written out: eight groups of four hexadecimal digits, or four octets of three digits each, which only
    /// people should read, since some programs take them for octal.
    /// </summary>
    public string ToExpandedString() => _isV6 ? Groups(16, 4, ':', "x4") : Groups(8, 3, '.', "d3");

    /// <summary>The bits: octets separated by dots for IPv4, groups of 16 by colons for IPv6.</summary>
    public string ToBinaryString() => _isV6 ? Groups(16, 16, ':', "b16") : Groups(8, 8, '.', "b8");

    /// <summary>"0x" and all 8 or 32 hexadecimal digits.</summary>
    public string ToHexString() => "0x" + Value.ToString(_isV6 ? "x32" : "x8", CultureInfo.InvariantCulture);

    private string Groups(int bits, int digits, char separator, string format)
    {
        var count = BitLength / bits;
        return string.Create((count * (digits + 1)) - 1, (Address: this, bits, digits, separator, format), static (text, state) =>
        {
            var shift = state.Address.BitLength;
            for (var at = 0; shift > 0; at += state.digits + 1)
            {
                shift -= state.bits;
                var group = (uint)(state.Address.Value >> shift) & ((1u << state.bits) - 1);
                group.TryFormat(text[at..], out _, state.format, CultureInfo.InvariantCulture);
                if (shift > 0) text[at + state.digits] = state.separator;
            }
        });
    }
}
