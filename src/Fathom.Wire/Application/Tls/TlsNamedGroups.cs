using System.Globalization;

namespace Fathom.Wire.Application.Tls;

/// <summary>Key exchange groups (IANA "TLS Supported Groups"): names of all, and the numbers of those that Fathom offers.</summary>
public static class TlsNamedGroups
{
    /// <summary>secp256r1, also called P-256.</summary>
    public const ushort Secp256R1 = 0x0017;

    /// <summary>secp384r1, also called P-384.</summary>
    public const ushort Secp384R1 = 0x0018;

    /// <summary>secp521r1, also called P-521.</summary>
    public const ushort Secp521R1 = 0x0019;

    /// <summary>x25519 (RFC 7748).</summary>
    public const ushort X25519 = 0x001D;

    /// <summary>x448 (RFC 7748).</summary>
    public const ushort X448 = 0x001E;

    /// <summary>ffdhe2048 (RFC 7919).</summary>
    public const ushort Ffdhe2048 = 0x0100;

    /// <summary>ffdhe3072 (RFC 7919).</summary>
    public const ushort Ffdhe3072 = 0x0101;

    /// <summary>ffdhe4096 (RFC 7919).</summary>
    public const ushort Ffdhe4096 = 0x0102;

    /// <summary>The registered name, "x25519"; "GREASE 0x0a0a" for values that mean nothing (RFC 8701), "group 0x1234" for an unknown one.</summary>
    /// <param name="number">The number, as on the wire.</param>
    public static string Name(int number) => number switch
    {
        0x0001 => "sect163k1",
        0x0002 => "sect163r1",
        0x0003 => "sect163r2",
        0x0004 => "sect193r1",
        0x0005 => "sect193r2",
        0x0006 => "sect233k1",
        0x0007 => "sect233r1",
        0x0008 => "sect239k1",
        0x0009 => "sect283k1",
        0x000A => "sect283r1",
        0x000B => "sect409k1",
        0x000C => "sect409r1",
        0x000D => "sect571k1",
        0x000E => "sect571r1",
        0x000F => "secp160k1",
        0x0010 => "secp160r1",
        0x0011 => "secp160r2",
        0x0012 => "secp192k1",
        0x0013 => "secp192r1",
        0x0014 => "secp224k1",
        0x0015 => "secp224r1",
        0x0016 => "secp256k1",
        0x0017 => "secp256r1",
        0x0018 => "secp384r1",
        0x0019 => "secp521r1",
        0x001A => "brainpoolP256r1",
        0x001B => "brainpoolP384r1",
        0x001C => "brainpoolP512r1",
        0x001D => "x25519",
        0x001E => "x448",
        0x001F => "brainpoolP256r1tls13",
        0x0020 => "brainpoolP384r1tls13",
        0x0021 => "brainpoolP512r1tls13",
        0x0022 => "GC256A",
        0x0023 => "GC256B",
        0x0024 => "GC256C",
        0x0025 => "GC256D",
        0x0026 => "GC512A",
        0x0027 => "GC512B",
        0x0028 => "GC512C",
        0x0029 => "curveSM2",
        0x0100 => "ffdhe2048",
        0x0101 => "ffdhe3072",
        0x0102 => "ffdhe4096",
        0x0103 => "ffdhe6144",
        0x0104 => "ffdhe8192",
        0x0200 => "MLKEM512",
        0x0201 => "MLKEM768",
        0x0202 => "MLKEM1024",
        0x11EB => "SecP256r1MLKEM768",
        0x11EC => "X25519MLKEM768",
        0x11ED => "SecP384r1MLKEM1024",
        0x6399 => "X25519Kyber768Draft00",
        0x639A => "SecP256r1Kyber768Draft00",
        0xFF01 => "arbitrary_explicit_prime_curves",
        0xFF02 => "arbitrary_explicit_char2_curves",
        _ when TlsGrease.IsGrease(number) => TlsGrease.ToText(number),
        _ => string.Create(CultureInfo.InvariantCulture, $"group 0x{number:x4}"),
    };
}
