using System.Globalization;

namespace Fathom.Wire.Application.Ntp;

/// <summary>Modes in words.</summary>
public static class NtpModeText
{
    /// <summary>"client", "server", "symmetric active" …</summary>
    /// <param name="mode">The mode.</param>
    public static string ToText(this NtpMode mode) => mode switch
    {
        NtpMode.Reserved => "reserved",
        NtpMode.SymmetricActive => "symmetric active",
        NtpMode.SymmetricPassive => "symmetric passive",
        NtpMode.Client => "client",
        NtpMode.Server => "server",
        NtpMode.Broadcast => "broadcast",
        NtpMode.Control => "control",
        NtpMode.Private => "private",
        _ => string.Create(CultureInfo.InvariantCulture, $"mode {(byte)mode}"),
    };
}
