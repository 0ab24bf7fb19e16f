using System.Globalization;

namespace Fathom.Wire.Application.Dns;

/// <summary>An extended DNS error (RFC 8914).</summary>
/// <param name="Code">INFO-CODE.</param>
/// <param name="Name">The registry's name for it, or "Unassigned".</param>
/// <param name="Text">EXTRA-TEXT as the server sent it: untrusted, escape it before showing. Invalid UTF-8 shows as U+FFFD.</param>
public sealed record DnsExtendedError(ushort Code, string Name, string Text)
{
    // IANA "Extended DNS Error Codes", in order.
    private static readonly string[] Names =
    [
        "Other Error", "Unsupported DNSKEY Algorithm", "Unsupported DS Digest Type", "Stale Answer", "Forged Answer",
        "DNSSEC Indeterminate", "DNSSEC Bogus", "Signature Expired", "Signature Not Yet Valid", "DNSKEY Missing",
        "RRSIGs Missing", "No Zone Key Bit Set", "NSEC Missing", "Cached Error", "Not Ready", "Blocked", "Censored",
        "Filtered", "Prohibited", "Stale NXDOMAIN Answer", "Not Authoritative", "Not Supported", "No Reachable Authority",
        "Network Error", "Invalid Data", "Signature Expired before Valid", "Too Early", "Unsupported NSEC3 Iterations Value",
        "Unable to conform to policy", "Synthesized",
    ];

    /// <summary>True for the codes that say that DNSSEC validation failed: 6 to 12.</summary>
    public bool IsDnssecFailure => Code is >= 6 and <= 12;

    /// <summary>The registry's name for an INFO-CODE, or "Unassigned".</summary>
    /// <param name="code">The code.</param>
    public static string NameOf(ushort code) => code < Names.Length ? Names[code] : "Unassigned";

    /// <summary>The error as one safe line: "EDE 9 (DNSKEY Missing): text".</summary>
    public override string ToString() => Text.Length == 0
        ? string.Create(CultureInfo.InvariantCulture, $"EDE {Code} ({Name})")
        : string.Create(CultureInfo.InvariantCulture, $"EDE {Code} ({Name}): {TextSanitizer.Escape(Text)}");
}
