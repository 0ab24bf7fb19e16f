namespace Fathom.Probes.Application.Tls;

/// <summary>Limits that keep a hostile peer from holding a probe or its memory.</summary>
public enum TlsLimit
{
    /// <summary>No limit: the default of an unset value.</summary>
    None,

    /// <summary>The peer sent more octets than a handshake may have: 256 KiB.</summary>
    HandshakeOctets,

    /// <summary>The peer sent more handshake messages than a handshake may have: 128.</summary>
    HandshakeMessages,

    /// <summary>The certificate list is longer than 100.</summary>
    Certificates,

    /// <summary>Too many records without content, one after another: 32.</summary>
    EmptyRecords,

    /// <summary>Too many records after the handshake that carry no application data (tickets, key updates, renegotiation requests): 64 in a row.</summary>
    RecordsWithoutData,
}
