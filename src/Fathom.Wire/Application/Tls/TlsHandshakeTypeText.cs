using System.Globalization;

namespace Fathom.Wire.Application.Tls;

/// <summary>Names of handshake messages.</summary>
public static class TlsHandshakeTypeText
{
    /// <summary>The name as the RFCs write it: "client_hello"; "handshake_99" for an unknown number.</summary>
    /// <param name="type">The type.</param>
    public static string ToText(this TlsHandshakeType type) => type switch
    {
        TlsHandshakeType.HelloRequest => "hello_request",
        TlsHandshakeType.ClientHello => "client_hello",
        TlsHandshakeType.ServerHello => "server_hello",
        TlsHandshakeType.HelloVerifyRequest => "hello_verify_request",
        TlsHandshakeType.NewSessionTicket => "new_session_ticket",
        TlsHandshakeType.EndOfEarlyData => "end_of_early_data",
        TlsHandshakeType.HelloRetryRequest => "hello_retry_request",
        TlsHandshakeType.EncryptedExtensions => "encrypted_extensions",
        TlsHandshakeType.Certificate => "certificate",
        TlsHandshakeType.ServerKeyExchange => "server_key_exchange",
        TlsHandshakeType.CertificateRequest => "certificate_request",
        TlsHandshakeType.ServerHelloDone => "server_hello_done",
        TlsHandshakeType.CertificateVerify => "certificate_verify",
        TlsHandshakeType.ClientKeyExchange => "client_key_exchange",
        TlsHandshakeType.Finished => "finished",
        TlsHandshakeType.CertificateUrl => "certificate_url",
        TlsHandshakeType.CertificateStatus => "certificate_status",
        TlsHandshakeType.SupplementalData => "supplemental_data",
        TlsHandshakeType.KeyUpdate => "key_update",
        TlsHandshakeType.CompressedCertificate => "compressed_certificate",
        TlsHandshakeType.MessageHash => "message_hash",
        _ => string.Create(CultureInfo.InvariantCulture, $"handshake_{(byte)type}"),
    };
}
