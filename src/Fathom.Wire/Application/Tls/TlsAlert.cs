using System.Globalization;
using System.Text;

namespace Fathom.Wire.Application.Tls;

/// <summary>An alert (RFC 8446 §6).</summary>
/// <param name="Level">The level that the record says.</param>
/// <param name="Description">What it says; a number outside the registry stays as it is.</param>
public readonly record struct TlsAlert(TlsAlertLevel Level, TlsAlertDescription Description)
{
    /// <summary>The description's number in the registry, 0 to 255.</summary>
    public byte Number => (byte)Description;

    /// <summary>The name as the RFCs write it: "handshake_failure"; "alert_200" for an unknown number.</summary>
    public string Name => Enum.IsDefined(Description) ? ToSnakeCase(Description.ToString()) : string.Create(CultureInfo.InvariantCulture, $"alert_{Number}");

    /// <summary>"fatal handshake_failure (40)".</summary>
    public override string ToString()
    {
        var level = Level switch { TlsAlertLevel.Warning => "warning", TlsAlertLevel.Fatal => "fatal", _ => "level " + ((byte)Level).ToString(CultureInfo.InvariantCulture) };
        return string.Create(CultureInfo.InvariantCulture, $"{level} {Name} ({Number})");
    }

    private static string ToSnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (char.IsAsciiLetterUpper(c) && text.Length > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}
