using System.Globalization;

namespace Fathom.Wire.Application.Tls;

/// <summary>Names of protocol versions for people.</summary>
public static class TlsVersionText
{
    /// <summary>The version's usual name, "TLS 1.3"; an unknown number as "version 0x7f1c".</summary>
    /// <param name="version">The version.</param>
    public static string ToText(this TlsVersion version) => version switch
    {
        TlsVersion.Ssl3 => "SSL 3.0",
        TlsVersion.Tls10 => "TLS 1.0",
        TlsVersion.Tls11 => "TLS 1.1",
        TlsVersion.Tls12 => "TLS 1.2",
        TlsVersion.Tls13 => "TLS 1.3",
        _ => string.Create(CultureInfo.InvariantCulture, $"version 0x{(ushort)version:x4}"),
    };
}
