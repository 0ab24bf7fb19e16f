using System.Globalization;
using Fathom.Wire.Registries;

namespace Fathom.Wire.Application.Tls;

/// <summary>Names of cipher suites (IANA "TLS Cipher Suites").</summary>
public static class TlsCipherSuites
{
    /// <summary>TLS_EMPTY_RENEGOTIATION_INFO_SCSV (RFC 5746 §3.3): says something and is no suite.</summary>
    public const ushort RenegotiationScsv = 0x00FF;

    /// <summary>TLS_FALLBACK_SCSV (RFC 7507): says something and is no suite.</summary>
    public const ushort FallbackScsv = 0x5600;

    private static readonly Lazy<Dictionary<ushort, string>> Names = new(static () =>
    {
        var names = new Dictionary<ushort, string>(512);
        foreach (var line in RegistryTable.Lines("tls-cipher-suites.csv"))
            names.Add(ushort.Parse(line.AsSpan(0, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), line[5..]);
        return names;
    });

    /// <summary>The registered name.</summary>
    /// <param name="number">The number, as on the wire.</param>
    /// <returns>The name, or null.</returns>
    public static string? Find(ushort number) => Names.Value.GetValueOrDefault(number);

    /// <summary>The registered name; "GREASE 0x0a0a" for values that mean nothing (RFC 8701), "cipher suite 0x1234" for an unknown one.</summary>
    /// <param name="number">The number, as on the wire.</param>
    public static string Name(int number)
    {
        if (TlsGrease.IsGrease(number)) return TlsGrease.ToText(number);
        return (number is >= 0 and <= ushort.MaxValue ? Find((ushort)number) : null) ?? string.Create(CultureInfo.InvariantCulture, $"cipher suite 0x{number:x4}");
    }

    /// <summary>True for a suite proper: neither a signaling value nor GREASE.</summary>
    /// <param name="number">The number, as on the wire.</param>
    public static bool IsSuite(ushort number) => number is not (RenegotiationScsv or FallbackScsv) && !TlsGrease.IsGrease(number);
}
