using System.Globalization;

namespace Fathom.Wire.Application.Tls;

/// <summary>Names of content types.</summary>
public static class TlsContentTypeText
{
    /// <summary>The name as the RFCs write it: "application_data"; "content_type_9" for an unknown number.</summary>
    /// <param name="type">The type.</param>
    public static string ToText(this TlsContentType type) => type switch
    {
        TlsContentType.ChangeCipherSpec => "change_cipher_spec",
        TlsContentType.Alert => "alert",
        TlsContentType.Handshake => "handshake",
        TlsContentType.ApplicationData => "application_data",
        TlsContentType.Heartbeat => "heartbeat",
        _ => string.Create(CultureInfo.InvariantCulture, $"content_type_{(byte)type}"),
    };
}
