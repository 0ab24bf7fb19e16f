namespace Fathom.Wire.Internet;

/// <summary>Neighbor discovery option types: numbers of the IANA registry.</summary>
public enum NdOptionType : byte
{
    /// <summary>Not an option.</summary>
    None = 0,

    /// <summary>Source link-layer address, RFC 4861 §4.6.1.</summary>
    SourceLinkLayerAddress = 1,

    /// <summary>Target link-layer address, RFC 4861 §4.6.1.</summary>
    TargetLinkLayerAddress = 2,

    /// <summary>Prefix information, RFC 4861 §4.6.2.</summary>
    PrefixInformation = 3,

    /// <summary>The packet that caused a redirect, RFC 4861 §4.6.3.</summary>
    RedirectedHeader = 4,

    /// <summary>MTU of the link, RFC 4861 §4.6.4.</summary>
    Mtu = 5,

    /// <summary>Shortcut limit of non-broadcast links, RFC 2491.</summary>
    ShortcutLimit = 6,

    /// <summary>Advertisement interval, RFC 6275 §7.3.</summary>
    AdvertisementInterval = 7,

    /// <summary>Home agent information, RFC 6275 §7.4.</summary>
    HomeAgentInformation = 8,

    /// <summary>Source address list of inverse neighbor discovery, RFC 3122 §3.1.</summary>
    SourceAddressList = 9,

    /// <summary>Target address list of inverse neighbor discovery, RFC 3122 §3.1.</summary>
    TargetAddressList = 10,

    /// <summary>Cryptographically generated address, RFC 3971 §5.1.</summary>
    CgaParameters = 11,

    /// <summary>RSA signature, RFC 3971 §5.2.</summary>
    RsaSignature = 12,

    /// <summary>Timestamp, RFC 3971 §5.3.1.</summary>
    Timestamp = 13,

    /// <summary>Nonce, RFC 3971 §5.3.2 and RFC 7527.</summary>
    Nonce = 14,

    /// <summary>Trust anchor, RFC 3971 §6.4.3.</summary>
    TrustAnchor = 15,

    /// <summary>Certificate, RFC 3971 §6.4.4.</summary>
    Certificate = 16,

    /// <summary>Address or prefix of fast handovers, RFC 5568.</summary>
    AddressOrPrefix = 17,

    /// <summary>Link-layer address of fast handovers, RFC 5568.</summary>
    HandoverLinkLayerAddress = 19,

    /// <summary>Neighbor advertisement acknowledgment, RFC 5568.</summary>
    AdvertisementAcknowledgment = 20,

    /// <summary>A more specific route, RFC 4191 §2.3.</summary>
    RouteInformation = 24,

    /// <summary>Recursive DNS servers, RFC 8106 §5.1.</summary>
    RecursiveDnsServer = 25,

    /// <summary>Router advertisement flags extension, RFC 5175.</summary>
    FlagsExtension = 26,

    /// <summary>Handover key request, RFC 5269.</summary>
    HandoverKeyRequest = 27,

    /// <summary>Handover key reply, RFC 5269.</summary>
    HandoverKeyReply = 28,

    /// <summary>Handover assist information, RFC 5271.</summary>
    HandoverAssist = 29,

    /// <summary>Mobile node identifier, RFC 5271.</summary>
    MobileNodeIdentifier = 30,

    /// <summary>DNS search list, RFC 8106 §5.2.</summary>
    DnsSearchList = 31,

    /// <summary>Proxy signature, RFC 6496.</summary>
    ProxySignature = 32,

    /// <summary>Address registration, RFC 6775 §4.1 and RFC 8505.</summary>
    AddressRegistration = 33,

    /// <summary>Context of header compression, RFC 6775 §4.2.</summary>
    CompressionContext = 34,

    /// <summary>Authoritative border router, RFC 6775 §4.3.</summary>
    BorderRouter = 35,

    /// <summary>Capability indication, RFC 7400 §3.2.</summary>
    CapabilityIndication = 36,

    /// <summary>Captive portal, RFC 8910 §2.3.</summary>
    CaptivePortal = 37,

    /// <summary>NAT64 prefix, RFC 8781.</summary>
    Nat64Prefix = 38,

    /// <summary>Crypto-ID parameters, RFC 8928.</summary>
    CryptoId = 39,

    /// <summary>Signature over the message, RFC 8928.</summary>
    Signature = 40,

    /// <summary>Resource directory address, RFC 9176.</summary>
    ResourceDirectory = 41,

    /// <summary>Candidate access router discovery request, RFC 4065.</summary>
    AccessRouterRequest = 138,

    /// <summary>Candidate access router discovery reply, RFC 4065.</summary>
    AccessRouterReply = 139,

    /// <summary>Encrypted DNS servers, RFC 9463.</summary>
    EncryptedDns = 144,

    /// <summary>For experiments, RFC 4727.</summary>
    Experiment1 = 253,

    /// <summary>For experiments, RFC 4727.</summary>
    Experiment2 = 254,
}
