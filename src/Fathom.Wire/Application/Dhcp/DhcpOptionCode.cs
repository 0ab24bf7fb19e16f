namespace Fathom.Wire.Application.Dhcp;

/// <summary>DHCPv4 options by the numbers of the IANA registry "BOOTP Vendor Extensions and DHCP Options", those that are in use.</summary>
public enum DhcpOptionCode : byte
{
    /// <summary>Pad (RFC 2132 §3.1).</summary>
    Pad = 0,

    /// <summary>The network's mask (RFC 2132 §3.3).</summary>
    SubnetMask = 1,

    /// <summary>Seconds from UTC (deprecated) (RFC 2132 §3.4).</summary>
    TimeOffset = 2,

    /// <summary>Gateways, best first (RFC 2132 §3.5).</summary>
    Router = 3,

    /// <summary>RFC 868 time servers (RFC 2132 §3.6).</summary>
    TimeServer = 4,

    /// <summary>IEN 116 name servers (RFC 2132 §3.7).</summary>
    NameServer = 5,

    /// <summary>Resolvers, best first (RFC 2132 §3.8).</summary>
    DomainNameServer = 6,

    /// <summary>Log servers (RFC 2132 §3.9).</summary>
    LogServer = 7,

    /// <summary>Cookie servers (RFC 2132 §3.10).</summary>
    CookieServer = 8,

    /// <summary>Line printer servers (RFC 2132 §3.11).</summary>
    LprServer = 9,

    /// <summary>Impress servers (RFC 2132 §3.12).</summary>
    ImpressServer = 10,

    /// <summary>Resource location servers (RFC 2132 §3.13).</summary>
    ResourceLocationServer = 11,

    /// <summary>The client's name (RFC 2132 §3.14).</summary>
    HostName = 12,

    /// <summary>Boot file in blocks of 512 octets (RFC 2132 §3.15).</summary>
    BootFileSize = 13,

    /// <summary>Where a crashed client dumps its core (RFC 2132 §3.16).</summary>
    MeritDumpFile = 14,

    /// <summary>The domain that the client shall use (RFC 2132 §3.17).</summary>
    DomainName = 15,

    /// <summary>Swap server (RFC 2132 §3.18).</summary>
    SwapServer = 16,

    /// <summary>The client's root disk (RFC 2132 §3.19).</summary>
    RootPath = 17,

    /// <summary>A file with more options (RFC 2132 §3.20).</summary>
    ExtensionsPath = 18,

    /// <summary>Forward packets (RFC 2132 §4.1).</summary>
    IpForwarding = 19,

    /// <summary>Forward source routes (RFC 2132 §4.2).</summary>
    NonLocalSourceRouting = 20,

    /// <summary>Source routes that are allowed (RFC 2132 §4.3).</summary>
    PolicyFilter = 21,

    /// <summary>Largest datagram to put together (RFC 2132 §4.4).</summary>
    MaximumReassemblySize = 22,

    /// <summary>TTL to send (RFC 2132 §4.5).</summary>
    DefaultTimeToLive = 23,

    /// <summary>Seconds (RFC 2132 §4.6).</summary>
    PathMtuAgingTimeout = 24,

    /// <summary>Sizes to try (RFC 2132 §4.7).</summary>
    PathMtuPlateauTable = 25,

    /// <summary>MTU of this interface (RFC 2132 §5.1).</summary>
    InterfaceMtu = 26,

    /// <summary>All subnets have this MTU (RFC 2132 §5.2).</summary>
    AllSubnetsLocal = 27,

    /// <summary>Broadcast address of this network (RFC 2132 §5.3).</summary>
    BroadcastAddress = 28,

    /// <summary>Ask for the mask by ICMP (RFC 2132 §5.4).</summary>
    PerformMaskDiscovery = 29,

    /// <summary>Answer such questions (RFC 2132 §5.5).</summary>
    MaskSupplier = 30,

    /// <summary>Ask for routers by ICMP (RFC 2132 §5.6).</summary>
    PerformRouterDiscovery = 31,

    /// <summary>Whom to ask (RFC 2132 §5.7).</summary>
    RouterSolicitationAddress = 32,

    /// <summary>Destination and router, in pairs (RFC 2132 §5.8).</summary>
    StaticRoute = 33,

    /// <summary>Trailers in ARP (RFC 2132 §6.1).</summary>
    TrailerEncapsulation = 34,

    /// <summary>Seconds (RFC 2132 §6.2).</summary>
    ArpCacheTimeout = 35,

    /// <summary>802.3 instead of Ethernet II (RFC 2132 §6.3).</summary>
    EthernetEncapsulation = 36,

    /// <summary>TTL of TCP (RFC 2132 §7.1).</summary>
    TcpDefaultTtl = 37,

    /// <summary>Seconds (RFC 2132 §7.2).</summary>
    TcpKeepaliveInterval = 38,

    /// <summary>An octet in keepalives (RFC 2132 §7.3).</summary>
    TcpKeepaliveGarbage = 39,

    /// <summary>NIS domain (RFC 2132 §8.1).</summary>
    NisDomain = 40,

    /// <summary>NIS servers (RFC 2132 §8.2).</summary>
    NisServers = 41,

    /// <summary>NTP servers (RFC 2132 §8.3).</summary>
    NtpServers = 42,

    /// <summary>For clients of one vendor (RFC 2132 §8.4).</summary>
    VendorSpecific = 43,

    /// <summary>WINS servers (RFC 2132 §8.5).</summary>
    NetBiosNameServer = 44,

    /// <summary>NetBIOS datagram servers (RFC 2132 §8.6).</summary>
    NetBiosDatagramServer = 45,

    /// <summary>1 B, 2 P, 4 M, 8 H (RFC 2132 §8.7).</summary>
    NetBiosNodeType = 46,

    /// <summary>NetBIOS scope (RFC 2132 §8.8).</summary>
    NetBiosScope = 47,

    /// <summary>Font servers (RFC 2132 §8.9).</summary>
    XWindowFontServer = 48,

    /// <summary>Display managers (RFC 2132 §8.10).</summary>
    XWindowDisplayManager = 49,

    /// <summary>The address that the client wants (RFC 2132 §9.1).</summary>
    RequestedAddress = 50,

    /// <summary>Seconds for which the address is lent (RFC 2132 §9.2).</summary>
    LeaseTime = 51,

    /// <summary>Which fields hold options (RFC 2132 §9.3).</summary>
    Overload = 52,

    /// <summary>What the message is (RFC 2132 §9.6).</summary>
    MessageType = 53,

    /// <summary>The server that is meant or speaks (RFC 2132 §9.7).</summary>
    ServerIdentifier = 54,

    /// <summary>Options that the client asks for (RFC 2132 §9.8).</summary>
    ParameterRequestList = 55,

    /// <summary>Why not (RFC 2132 §9.9).</summary>
    Message = 56,

    /// <summary>Largest message that the client takes (RFC 2132 §9.10).</summary>
    MaximumMessageSize = 57,

    /// <summary>T1: seconds until it asks its server for more time (RFC 2132 §9.11).</summary>
    RenewalTime = 58,

    /// <summary>T2: seconds until it asks any server (RFC 2132 §9.12).</summary>
    RebindingTime = 59,

    /// <summary>What kind of client it is (RFC 2132 §9.13).</summary>
    VendorClass = 60,

    /// <summary>By what the server knows the client (RFC 2132 §9.14).</summary>
    ClientIdentifier = 61,

    /// <summary>NetWare/IP domain (RFC 2242).</summary>
    NetWareDomain = 62,

    /// <summary>NetWare/IP options (RFC 2242).</summary>
    NetWareOptions = 63,

    /// <summary>NIS+ domain (RFC 2132 §8.11).</summary>
    NisPlusDomain = 64,

    /// <summary>NIS+ servers (RFC 2132 §8.12).</summary>
    NisPlusServers = 65,

    /// <summary>Server to boot from (RFC 2132 §9.4).</summary>
    TftpServerName = 66,

    /// <summary>File to boot (RFC 2132 §9.5).</summary>
    BootFileName = 67,

    /// <summary>Mobile IP home agents (RFC 2132 §8.13).</summary>
    MobileHomeAgent = 68,

    /// <summary>Mail servers (RFC 2132 §8.14).</summary>
    SmtpServer = 69,

    /// <summary>POP3 servers (RFC 2132 §8.15).</summary>
    Pop3Server = 70,

    /// <summary>News servers (RFC 2132 §8.16).</summary>
    NntpServer = 71,

    /// <summary>Web servers (RFC 2132 §8.17).</summary>
    WwwServer = 72,

    /// <summary>Finger servers (RFC 2132 §8.18).</summary>
    FingerServer = 73,

    /// <summary>IRC servers (RFC 2132 §8.19).</summary>
    IrcServer = 74,

    /// <summary>What kind of user it is (RFC 3004).</summary>
    UserClass = 77,

    /// <summary>Answer a discover with an acknowledgment at once (RFC 4039).</summary>
    RapidCommit = 80,

    /// <summary>The client's name, and who enters it in DNS (RFC 4702).</summary>
    ClientFqdn = 81,

    /// <summary>What a relay adds (RFC 3046).</summary>
    RelayAgentInformation = 82,

    /// <summary>NDS servers (RFC 2241).</summary>
    NdsServers = 85,

    /// <summary>Authentication (RFC 3118).</summary>
    Authentication = 90,

    /// <summary>Seconds (RFC 4388).</summary>
    ClientLastTransactionTime = 91,

    /// <summary>Addresses of the client (RFC 4388).</summary>
    AssociatedIp = 92,

    /// <summary>What the client's firmware is (RFC 4578).</summary>
    ClientArchitecture = 93,

    /// <summary>Version of the network interface (RFC 4578).</summary>
    ClientNetworkInterface = 94,

    /// <summary>LDAP server (draft-ietf-dhc-ldap).</summary>
    Ldap = 95,

    /// <summary>The machine's GUID (RFC 4578).</summary>
    ClientMachineId = 97,

    /// <summary>POSIX time zone (RFC 4833).</summary>
    PosixTimeZone = 100,

    /// <summary>Time zone by name (RFC 4833).</summary>
    TzdbTimeZone = 101,

    /// <summary>Seconds for which a client with IPv6 needs no IPv4 (RFC 8925).</summary>
    Ipv6OnlyPreferred = 108,

    /// <summary>Address of the captive portal's API (RFC 8910).</summary>
    CaptivePortal = 114,

    /// <summary>May make up an address of its own (RFC 2563).</summary>
    AutoConfigure = 116,

    /// <summary>Order of name services (RFC 2937).</summary>
    NameServiceSearch = 117,

    /// <summary>Subnet from which to lend (RFC 3011).</summary>
    SubnetSelection = 118,

    /// <summary>Domains to try (RFC 3397).</summary>
    DomainSearch = 119,

    /// <summary>SIP servers (RFC 3361).</summary>
    SipServers = 120,

    /// <summary>Routes; option 3 does not count beside it (RFC 3442).</summary>
    ClasslessStaticRoute = 121,

    /// <summary>What kind of client it is, by enterprise (RFC 3925).</summary>
    VendorIdentifyingClass = 124,

    /// <summary>For clients of one vendor, by enterprise (RFC 3925).</summary>
    VendorIdentifyingInformation = 125,

    /// <summary>Access controllers (RFC 5417).</summary>
    CapwapControllers = 138,

    /// <summary>SIP configuration domains (RFC 6011).</summary>
    SipUserAgentDomains = 141,

    /// <summary>Bootstrap servers (RFC 8572).</summary>
    SztpRedirect = 143,

    /// <summary>Can take a forced renewal (RFC 6704).</summary>
    ForcerenewNonce = 145,

    /// <summary>Resolvers by domain (RFC 6731).</summary>
    RdnssSelection = 146,

    /// <summary>TFTP servers (RFC 5859).</summary>
    TftpServerAddress = 150,

    /// <summary>Status (RFC 6926).</summary>
    LeaseQueryStatusCode = 151,

    /// <summary>Seconds (RFC 6926).</summary>
    BaseTime = 152,

    /// <summary>Seconds (RFC 6926).</summary>
    StartTimeOfState = 153,

    /// <summary>Port control servers (RFC 7291).</summary>
    PcpServers = 158,

    /// <summary>Ports of a shared address (RFC 7618).</summary>
    PortParameters = 159,

    /// <summary>MUD file (RFC 8520).</summary>
    ManufacturerUsageDescription = 161,

    /// <summary>Encrypted resolvers (RFC 9463).</summary>
    EncryptedDns = 162,

    /// <summary>6rd (RFC 5969).</summary>
    SixRd = 212,

    /// <summary>Access network's domain (RFC 5986).</summary>
    AccessNetworkDomain = 213,

    /// <summary>Routes, as option 121 (MS-DHCPE).</summary>
    ClasslessStaticRouteMicrosoft = 249,

    /// <summary>Address of the proxy's configuration (WPAD).</summary>
    WebProxyAutoDiscovery = 252,

    /// <summary>End of options (RFC 2132 §3.2).</summary>
    End = 255,
}
