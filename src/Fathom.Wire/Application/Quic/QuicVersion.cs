using System.Globalization;

namespace Fathom.Wire.Application.Quic;

/// <summary>QUIC's versions (IANA "QUIC Versions").</summary>
public static class QuicVersion
{
    /// <summary>Version negotiation, no version itself (RFC 8999 §6).</summary>
    public const uint Negotiation = 0;

    /// <summary>Version 1 (RFC 9000).</summary>
    public const uint V1 = 1;

    /// <summary>Version 2 (RFC 9369 §3.1).</summary>
    public const uint V2 = 0x6B33_43CF;

    // Drafts 27 to 34 have version 1's form.
    private const uint FirstDraft = 0xFF00_001B;
    private const uint LastDraft = 0xFF00_0022;

    /// <summary>True for versions whose packets have the form that <see cref="QuicLongHeader"/> reads.</summary>
    /// <param name="version">The number, as on the wire.</param>
    public static bool IsKnown(uint version) => version is V1 or V2 or (>= FirstDraft and <= LastDraft);

    /// <summary>True for numbers that only provoke version negotiation (RFC 9000 §15: 0x?a?a?a?a).</summary>
    /// <param name="version">The number, as on the wire.</param>
    public static bool IsReserved(uint version) => (version & 0x0F0F_0F0F) == 0x0A0A_0A0A;

    /// <summary>"1", "2", "draft 29", "reserved 0x1a2a3a4a" …</summary>
    /// <param name="version">The number, as on the wire.</param>
    public static string ToText(uint version) => version switch
    {
        Negotiation => "negotiation",
        V1 => "1",
        V2 => "2",
        >= FirstDraft and <= LastDraft => string.Create(CultureInfo.InvariantCulture, $"draft {version & 0xFF}"),
        _ when IsReserved(version) => string.Create(CultureInfo.InvariantCulture, $"reserved 0x{version:x8}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"0x{version:x8}"),
    };
}
