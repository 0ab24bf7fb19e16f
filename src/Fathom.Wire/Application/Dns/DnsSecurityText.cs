using System.Globalization;

namespace Fathom.Wire.Application.Dns;

/// <summary>The registry's names for the numbers in DNSSEC records (IANA "DNSSEC Algorithm Numbers", "DS RR Type Digest Algorithms").</summary>
public static class DnsSecurityText
{
    private static readonly (byte Number, string Name)[] Algorithms =
    [
        (1, "RSAMD5"), (2, "DH"), (3, "DSA"), (5, "RSASHA1"), (6, "DSA-NSEC3-SHA1"), (7, "RSASHA1-NSEC3-SHA1"), (8, "RSASHA256"),
        (10, "RSASHA512"), (12, "ECC-GOST"), (13, "ECDSAP256SHA256"), (14, "ECDSAP384SHA384"), (15, "ED25519"), (16, "ED448"),
        (252, "INDIRECT"), (253, "PRIVATEDNS"), (254, "PRIVATEOID"),
    ];

    /// <summary>"ECDSAP256SHA256", or "algorithm 99".</summary>
    /// <param name="number">The algorithm's number.</param>
    public static string Algorithm(byte number)
    {
        foreach (var row in Algorithms)
        {
            if (row.Number == number) return row.Name;
        }

        return string.Create(CultureInfo.InvariantCulture, $"algorithm {number}");
    }

    /// <summary>"SHA-256", or "digest type 9".</summary>
    /// <param name="number">The digest type's number.</param>
    public static string DigestType(byte number) => number switch
    {
        1 => "SHA-1",
        2 => "SHA-256",
        3 => "GOST R 34.11-94",
        4 => "SHA-384",
        _ => string.Create(CultureInfo.InvariantCulture, $"digest type {number}"),
    };

    /// <summary>Parses an algorithm's mnemonic in any case.</summary>
    /// <param name="text">The mnemonic.</param>
    /// <param name="number">The number, or 0.</param>
    public static bool TryParseAlgorithm(ReadOnlySpan<char> text, out byte number)
    {
        foreach (var row in Algorithms)
        {
            if (!text.Equals(row.Name, StringComparison.OrdinalIgnoreCase)) continue;
            number = row.Number;
            return true;
        }

        number = 0;
        return false;
    }

    /// <summary>When a 32-bit time of RRSIG is, taken within 68 years of the present (RFC 4034 §3.1.5, RFC 1982).</summary>
    /// <param name="seconds">Expiration or Inception.</param>
    /// <param name="now">The present.</param>
    public static DateTimeOffset Time(uint seconds, DateTimeOffset now)
    {
        var present = now.ToUnixTimeSeconds();
        return DateTimeOffset.FromUnixTimeSeconds(present + (int)(seconds - (uint)present));
    }
}
