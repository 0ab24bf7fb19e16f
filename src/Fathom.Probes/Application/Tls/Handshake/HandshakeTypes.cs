using System.Globalization;

namespace Fathom.Probes.Application.Tls.Handshake;

/// <summary>Numbers and names of handshake messages (IANA "TLS HandshakeType").</summary>
internal static class HandshakeTypes
{
    public const byte ClientHello = 1;
    public const byte ServerHello = 2;
    public const byte NewSessionTicket = 4;
    public const byte Certificate = 11;
    public const byte ServerKeyExchange = 12;
    public const byte CertificateVerify = 15;
    public const byte Finished = 20;

    /// <summary>Octets of a handshake header: type and 24 bits of length (RFC 8446 §4).</summary>
    public const int HeaderLength = 4;

    public static string Name(byte type) => type switch
    {
        0 => "hello_request",
        ClientHello => "client_hello",
        ServerHello => "server_hello",
        NewSessionTicket => "new_session_ticket",
        5 => "end_of_early_data",
        8 => "encrypted_extensions",
        Certificate => "certificate",
        ServerKeyExchange => "server_key_exchange",
        13 => "certificate_request",
        14 => "server_hello_done",
        CertificateVerify => "certificate_verify",
        16 => "client_key_exchange",
        Finished => "finished",
        22 => "certificate_status",
        23 => "supplemental_data",
        24 => "key_update",
        25 => "compressed_certificate",
        _ => string.Create(CultureInfo.InvariantCulture, $"handshake_{type}"),
    };
}
