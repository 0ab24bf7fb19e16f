namespace Fathom.Wire.Application.Tls;

/// <summary>Extensions that Fathom reads or writes, by the numbers of the IANA registry "TLS ExtensionType Values"; <see cref="TlsExtensionTypeText"/> names all.</summary>
public enum TlsExtensionType : ushort
{
    /// <summary>server_name, SNI (RFC 6066 §3).</summary>
    ServerName = 0,

    /// <summary>max_fragment_length (RFC 6066 §4).</summary>
    MaxFragmentLength = 1,

    /// <summary>status_request, OCSP stapling (RFC 6066 §8).</summary>
    StatusRequest = 5,

    /// <summary>supported_groups (RFC 8422 §5.1.1, RFC 7919).</summary>
    SupportedGroups = 10,

    /// <summary>ec_point_formats (RFC 8422 §5.1.2).</summary>
    EcPointFormats = 11,

    /// <summary>signature_algorithms (RFC 8446 §4.2.3).</summary>
    SignatureAlgorithms = 13,

    /// <summary>application_layer_protocol_negotiation, ALPN (RFC 7301).</summary>
    Alpn = 16,

    /// <summary>signed_certificate_timestamp (RFC 6962).</summary>
    SignedCertificateTimestamp = 18,

    /// <summary>padding (RFC 7685).</summary>
    Padding = 21,

    /// <summary>encrypt_then_mac (RFC 7366).</summary>
    EncryptThenMac = 22,

    /// <summary>extended_master_secret (RFC 7627).</summary>
    ExtendedMasterSecret = 23,

    /// <summary>compress_certificate (RFC 8879).</summary>
    CompressCertificate = 27,

    /// <summary>record_size_limit (RFC 8449).</summary>
    RecordSizeLimit = 28,

    /// <summary>session_ticket (RFC 5077).</summary>
    SessionTicket = 35,

    /// <summary>pre_shared_key (RFC 8446 §4.2.11).</summary>
    PreSharedKey = 41,

    /// <summary>early_data (RFC 8446 §4.2.10).</summary>
    EarlyData = 42,

    /// <summary>supported_versions (RFC 8446 §4.2.1).</summary>
    SupportedVersions = 43,

    /// <summary>cookie (RFC 8446 §4.2.2).</summary>
    Cookie = 44,

    /// <summary>psk_key_exchange_modes (RFC 8446 §4.2.9).</summary>
    PskKeyExchangeModes = 45,

    /// <summary>certificate_authorities (RFC 8446 §4.2.4).</summary>
    CertificateAuthorities = 47,

    /// <summary>signature_algorithms_cert (RFC 8446 §4.2.3).</summary>
    SignatureAlgorithmsCert = 50,

    /// <summary>key_share (RFC 8446 §4.2.8).</summary>
    KeyShare = 51,

    /// <summary>quic_transport_parameters (RFC 9001 §8.2).</summary>
    QuicTransportParameters = 57,

    /// <summary>encrypted_client_hello, ECH (RFC 9849).</summary>
    EncryptedClientHello = 0xFE0D,

    /// <summary>renegotiation_info (RFC 5746).</summary>
    RenegotiationInfo = 0xFF01,
}
