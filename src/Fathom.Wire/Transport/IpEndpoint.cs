using System.Globalization;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Transport;

/// <summary>An IP address and a TCP or UDP port. The default value is 0.0.0.0:0.</summary>
/// <param name="Address">The address.</param>
/// <param name="Port">The port, 0 to 65535.</param>
public readonly record struct IpEndpoint(IpAddress Address, ushort Port)
{
    /// <summary>"192.0.2.1:443" or "[2001:db8::1]:443" (RFC 3986 §3.2.2).</summary>
    public override string ToString() => Address.IsV6
        ? string.Create(CultureInfo.InvariantCulture, $"[{Address}]:{Port}")
        : string.Create(CultureInfo.InvariantCulture, $"{Address}:{Port}");
}
