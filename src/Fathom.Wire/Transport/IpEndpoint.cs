using System.Globalization;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Transport;

/// <summary>An IP address and a TCP or UDP port. The default value is 0.0.0.0:0.</summary>
/// <param name="Address">The address.</param>
/// <param name="Port">The port, 0 to 65535.</param>
public readonly record struct IpEndpoint(IpAddress Address, ushort Port) : ISpanFormattable
{
    /// <summary>"192.0.2.1:443" or "[2001:db8::1]:443" (RFC 3986 §3.2.2).</summary>
    public override string ToString() => Address.IsV6
        ? string.Create(CultureInfo.InvariantCulture, $"[{Address}]:{Port}")
        : string.Create(CultureInfo.InvariantCulture, $"{Address}:{Port}");

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
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) => Address.IsV6
        ? destination.TryWrite(CultureInfo.InvariantCulture, $"[{Address}]:{Port}", out charsWritten)
        : destination.TryWrite(CultureInfo.InvariantCulture, $"{Address}:{Port}", out charsWritten);
}
