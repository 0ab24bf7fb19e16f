namespace Fathom.Wire.Application.Dhcpv6;

/// <summary>DHCPv6 options by the numbers of the IANA registry "DHCPv6 Option Codes", those that are in use.</summary>
public enum Dhcpv6OptionCode : ushort
{
    /// <summary>Not an option: the default of an unset value.</summary>
    None = 0,

    /// <summary>The client's DUID (RFC 8415 §21.2).</summary>
    ClientId = 1,

    /// <summary>The server's DUID (RFC 8415 §21.3).</summary>
    ServerId = 2,

    /// <summary>Addresses, and how long they last (RFC 8415 §21.4).</summary>
    IaNa = 3,

    /// <summary>Temporary addresses (RFC 8415 §21.5).</summary>
    IaTa = 4,

    /// <summary>One address (RFC 8415 §21.6).</summary>
    IaAddress = 5,

    /// <summary>Options that the client asks for (RFC 8415 §21.7).</summary>
    OptionRequest = 6,

    /// <summary>Which server to take (RFC 8415 §21.8).</summary>
    Preference = 7,

    /// <summary>Hundredths of a second since the client began (RFC 8415 §21.9).</summary>
    ElapsedTime = 8,

    /// <summary>The message that a relay passes on (RFC 8415 §21.10).</summary>
    RelayMessage = 9,

    /// <summary>Authentication (RFC 8415 §21.11).</summary>
    Authentication = 11,

    /// <summary>The client may ask the server directly (RFC 8415 §21.12).</summary>
    ServerUnicast = 12,

    /// <summary>How it went (RFC 8415 §21.13).</summary>
    StatusCode = 13,

    /// <summary>Two messages instead of four (RFC 8415 §21.14).</summary>
    RapidCommit = 14,

    /// <summary>What kind of user it is (RFC 8415 §21.15).</summary>
    UserClass = 15,

    /// <summary>What kind of client it is (RFC 8415 §21.16).</summary>
    VendorClass = 16,

    /// <summary>For clients of one vendor (RFC 8415 §21.17).</summary>
    VendorOptions = 17,

    /// <summary>The relay's interface (RFC 8415 §21.18).</summary>
    InterfaceId = 18,

    /// <summary>What the client shall send (RFC 8415 §21.19).</summary>
    ReconfigureMessage = 19,

    /// <summary>The client may be told to ask again (RFC 8415 §21.20).</summary>
    ReconfigureAccept = 20,

    /// <summary>SIP servers by name (RFC 3319).</summary>
    SipServerNames = 21,

    /// <summary>SIP servers (RFC 3319).</summary>
    SipServers = 22,

    /// <summary>Resolvers, best first (RFC 3646 §3).</summary>
    DnsServers = 23,

    /// <summary>Domains to try (RFC 3646 §4).</summary>
    DomainList = 24,

    /// <summary>Prefixes, and how long they last (RFC 8415 §21.21).</summary>
    IaPd = 25,

    /// <summary>One prefix (RFC 8415 §21.22).</summary>
    IaPrefix = 26,

    /// <summary>NIS servers (RFC 3898).</summary>
    NisServers = 27,

    /// <summary>NIS+ servers (RFC 3898).</summary>
    NisPlusServers = 28,

    /// <summary>NIS domain (RFC 3898).</summary>
    NisDomain = 29,

    /// <summary>NIS+ domain (RFC 3898).</summary>
    NisPlusDomain = 30,

    /// <summary>Time servers (RFC 4075).</summary>
    SntpServers = 31,

    /// <summary>Seconds until the client asks again (RFC 8415 §21.23).</summary>
    InformationRefreshTime = 32,

    /// <summary>BCMCS servers by name (RFC 4280).</summary>
    BcmcsServerNames = 33,

    /// <summary>BCMCS servers (RFC 4280).</summary>
    BcmcsServers = 34,

    /// <summary>The client's line (RFC 4649).</summary>
    RemoteId = 37,

    /// <summary>The customer (RFC 4580).</summary>
    SubscriberId = 38,

    /// <summary>The client's name, and who enters it in DNS (RFC 4704).</summary>
    ClientFqdn = 39,

    /// <summary>POSIX time zone (RFC 4833).</summary>
    PosixTimeZone = 41,

    /// <summary>Time zone by name (RFC 4833).</summary>
    TzdbTimeZone = 42,

    /// <summary>Relay options to send back (RFC 4994).</summary>
    EchoRequest = 43,

    /// <summary>Access controllers (RFC 5417).</summary>
    CapwapControllers = 52,

    /// <summary>The relay's DUID (RFC 5460).</summary>
    RelayId = 53,

    /// <summary>Time servers (RFC 5908).</summary>
    NtpServer = 56,

    /// <summary>Access network's domain (RFC 5986).</summary>
    AccessNetworkDomain = 57,

    /// <summary>File to boot (RFC 5970).</summary>
    BootFileUrl = 59,

    /// <summary>Parameters of the boot file (RFC 5970).</summary>
    BootFileParameters = 60,

    /// <summary>What the client's firmware is (RFC 5970).</summary>
    ClientArchitecture = 61,

    /// <summary>Version of the network interface (RFC 5970).</summary>
    ClientNetworkInterface = 62,

    /// <summary>Dual-Stack Lite tunnel's end (RFC 6334).</summary>
    AftrName = 64,

    /// <summary>Options from the relay (RFC 6422).</summary>
    RelaySuppliedOptions = 66,

    /// <summary>Part of a prefix that is not the client's (RFC 6603).</summary>
    PrefixExclude = 67,

    /// <summary>Resolvers by domain (RFC 6731).</summary>
    RdnssSelection = 74,

    /// <summary>The client's MAC address, from the relay (RFC 6939).</summary>
    ClientLinkLayerAddress = 79,

    /// <summary>Longest wait between solicits (RFC 8415 §21.24).</summary>
    SolMaxRt = 82,

    /// <summary>Longest wait between information-requests (RFC 8415 §21.25).</summary>
    InfMaxRt = 83,

    /// <summary>Port control servers (RFC 7291).</summary>
    PcpServer = 86,

    /// <summary>A DHCPv4 message (RFC 7341).</summary>
    Dhcpv4Message = 87,

    /// <summary>Servers for DHCPv4 over DHCPv6 (RFC 7341).</summary>
    Dhcp4o6Servers = 88,

    /// <summary>Address of the captive portal's API (RFC 8910).</summary>
    CaptivePortal = 103,

    /// <summary>MUD file (RFC 8520).</summary>
    ManufacturerUsageDescription = 112,

    /// <summary>The relay's port (RFC 8357).</summary>
    RelaySourcePort = 135,

    /// <summary>Bootstrap servers (RFC 8572).</summary>
    SztpRedirect = 136,

    /// <summary>Encrypted resolvers (RFC 9463).</summary>
    EncryptedDns = 144,

    /// <summary>Addresses may be registered (RFC 9686).</summary>
    AddressRegistrationEnable = 148,
}
