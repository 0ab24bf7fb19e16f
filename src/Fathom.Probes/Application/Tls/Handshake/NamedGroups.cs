using System.Globalization;

namespace Fathom.Probes.Application.Tls.Handshake;

/// <summary>Names of key exchange groups (IANA "TLS Supported Groups").</summary>
internal static class NamedGroups
{
    public const ushort Secp256R1 = 0x0017;
    public const ushort Secp384R1 = 0x0018;
    public const ushort Secp521R1 = 0x0019;
    public const ushort X25519 = 0x001D;
    public const ushort X448 = 0x001E;
    public const ushort Ffdhe2048 = 0x0100;
    public const ushort Ffdhe3072 = 0x0101;
    public const ushort Ffdhe4096 = 0x0102;

    public static string Name(int number) => number switch
    {
        Secp256R1 => "secp256r1",
        Secp384R1 => "secp384r1",
        Secp521R1 => "secp521r1",
        X25519 => "x25519",
        X448 => "x448",
        Ffdhe2048 => "ffdhe2048",
        Ffdhe3072 => "ffdhe3072",
        Ffdhe4096 => "ffdhe4096",
        0x11EC => "X25519MLKEM768",
        _ => string.Create(CultureInfo.InvariantCulture, $"group 0x{number:x4}"),
    };
}
