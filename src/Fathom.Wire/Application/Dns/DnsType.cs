namespace Fathom.Wire.Application.Dns;

/// <summary>A type of resource record, or of question (IANA "Resource Record (RR) TYPEs"). Values without a name here are valid too.</summary>
public enum DnsType : ushort
{
    /// <summary>Reserved; in SIG(0) it means "covers no type" (RFC 2931 §3).</summary>
    Reserved = 0,

    /// <summary>A: an IPv4 address (RFC 1035 §3.4.1).</summary>
    A = 1,

    /// <summary>NS: an authoritative name server (RFC 1035 §3.3.11).</summary>
    Ns = 2,

    /// <summary>MD: a mail destination; obsolete, use MX (RFC 1035 §3.3.4).</summary>
    Md = 3,

    /// <summary>MF: a mail forwarder; obsolete, use MX (RFC 1035 §3.3.5).</summary>
    Mf = 4,

    /// <summary>CNAME: the canonical name of an alias (RFC 1035 §3.3.1).</summary>
    CName = 5,

    /// <summary>SOA: the start of a zone of authority (RFC 1035 §3.3.13).</summary>
    Soa = 6,

    /// <summary>MB: a mailbox; experimental (RFC 1035 §3.3.3).</summary>
    Mb = 7,

    /// <summary>MG: a mail group member; experimental (RFC 1035 §3.3.6).</summary>
    Mg = 8,

    /// <summary>MR: a mail rename name; experimental (RFC 1035 §3.3.8).</summary>
    Mr = 9,

    /// <summary>NULL: anything; experimental (RFC 1035 §3.3.10).</summary>
    Null = 10,

    /// <summary>WKS: well-known services; obsolete (RFC 1035 §3.4.2, RFC 1123 §2.2).</summary>
    Wks = 11,

    /// <summary>PTR: a pointer to a name, for reverse lookup (RFC 1035 §3.3.12).</summary>
    Ptr = 12,

    /// <summary>HINFO: host information (RFC 1035 §3.3.2, RFC 8482).</summary>
    HInfo = 13,

    /// <summary>MINFO: mailbox information; experimental (RFC 1035 §3.3.7).</summary>
    MInfo = 14,

    /// <summary>MX: a mail exchange (RFC 1035 §3.3.9).</summary>
    Mx = 15,

    /// <summary>TXT: text strings (RFC 1035 §3.3.14).</summary>
    Txt = 16,

    /// <summary>RP: a responsible person (RFC 1183 §2.2).</summary>
    Rp = 17,

    /// <summary>AFSDB: an AFS cell's database (RFC 1183 §1).</summary>
    AfsDb = 18,

    /// <summary>ISDN: an ISDN address (RFC 1183 §3.2).</summary>
    Isdn = 20,

    /// <summary>RT: route through (RFC 1183 §3.3).</summary>
    Rt = 21,

    /// <summary>SIG: a signature, as used in SIG(0) (RFC 2535, RFC 2931).</summary>
    Sig = 24,

    /// <summary>KEY: a key, as used with SIG(0) (RFC 2535, RFC 2930).</summary>
    Key = 25,

    /// <summary>PX: X.400 mapping (RFC 2163).</summary>
    Px = 26,

    /// <summary>AAAA: an IPv6 address (RFC 3596 §2.1).</summary>
    Aaaa = 28,

    /// <summary>LOC: a location on earth (RFC 1876).</summary>
    Loc = 29,

    /// <summary>NXT: the next name; obsolete (RFC 2535).</summary>
    Nxt = 30,

    /// <summary>SRV: the location of a service (RFC 2782).</summary>
    Srv = 33,

    /// <summary>NAPTR: a naming authority pointer (RFC 3403 §4).</summary>
    Naptr = 35,

    /// <summary>KX: a key exchanger (RFC 2230).</summary>
    Kx = 36,

    /// <summary>CERT: a certificate (RFC 4398).</summary>
    Cert = 37,

    /// <summary>DNAME: an alias for a whole subtree (RFC 6672).</summary>
    DName = 39,

    /// <summary>OPT: the EDNS pseudo-record (RFC 6891 §6.1).</summary>
    Opt = 41,

    /// <summary>APL: address prefixes (RFC 3123).</summary>
    Apl = 42,

    /// <summary>DS: a delegation signer (RFC 4034 §5).</summary>
    Ds = 43,

    /// <summary>SSHFP: an SSH key fingerprint (RFC 4255).</summary>
    SshFp = 44,

    /// <summary>IPSECKEY: an IPsec key (RFC 4025).</summary>
    IpSecKey = 45,

    /// <summary>RRSIG: a signature over a set of records (RFC 4034 §3).</summary>
    RrSig = 46,

    /// <summary>NSEC: the next name, proof of absence (RFC 4034 §4).</summary>
    NSec = 47,

    /// <summary>DNSKEY: a zone's public key (RFC 4034 §2).</summary>
    DnsKey = 48,

    /// <summary>DHCID: a DHCP client's identity (RFC 4701).</summary>
    DhcId = 49,

    /// <summary>NSEC3: the next hashed name, proof of absence (RFC 5155 §3).</summary>
    NSec3 = 50,

    /// <summary>NSEC3PARAM: the parameters of a zone's NSEC3 chain (RFC 5155 §4).</summary>
    NSec3Param = 51,

    /// <summary>TLSA: a TLS certificate association (RFC 6698 §2).</summary>
    Tlsa = 52,

    /// <summary>SMIMEA: an S/MIME certificate association (RFC 8162).</summary>
    SMimeA = 53,

    /// <summary>HIP: host identity protocol (RFC 8005).</summary>
    Hip = 55,

    /// <summary>CDS: a DS that the child asks for (RFC 7344).</summary>
    CDs = 59,

    /// <summary>CDNSKEY: a DNSKEY that the child asks a DS for (RFC 7344).</summary>
    CDnsKey = 60,

    /// <summary>OPENPGPKEY: an OpenPGP key (RFC 7929).</summary>
    OpenPgpKey = 61,

    /// <summary>CSYNC: child-to-parent synchronization (RFC 7477).</summary>
    CSync = 62,

    /// <summary>ZONEMD: a digest of the zone (RFC 8976).</summary>
    ZoneMd = 63,

    /// <summary>SVCB: a service binding (RFC 9460).</summary>
    Svcb = 64,

    /// <summary>HTTPS: a service binding for HTTPS origins (RFC 9460 §9).</summary>
    Https = 65,

    /// <summary>SPF: sender policy; obsolete, use TXT (RFC 7208 §3.1).</summary>
    Spf = 99,

    /// <summary>EUI48: a 48-bit MAC address (RFC 7043).</summary>
    Eui48 = 108,

    /// <summary>EUI64: a 64-bit MAC address (RFC 7043).</summary>
    Eui64 = 109,

    /// <summary>TKEY: a transaction key (RFC 2930).</summary>
    TKey = 249,

    /// <summary>TSIG: a transaction signature (RFC 8945).</summary>
    TSig = 250,

    /// <summary>IXFR: a question for an incremental zone transfer (RFC 1995).</summary>
    Ixfr = 251,

    /// <summary>AXFR: a question for a whole zone (RFC 5936).</summary>
    Axfr = 252,

    /// <summary>MAILB: a question for mailbox records (RFC 1035 §3.2.3).</summary>
    MailB = 253,

    /// <summary>MAILA: a question for mail agent records; obsolete (RFC 1035 §3.2.3).</summary>
    MailA = 254,

    /// <summary>ANY: a question for any records that the server chooses (RFC 1035 §3.2.3, RFC 8482).</summary>
    Any = 255,

    /// <summary>URI: a URI (RFC 7553).</summary>
    Uri = 256,

    /// <summary>CAA: which authorities may issue certificates (RFC 8659).</summary>
    Caa = 257,

    /// <summary>DLV: lookaside validation; obsolete (RFC 4431, RFC 8749).</summary>
    Dlv = 32769,
}
