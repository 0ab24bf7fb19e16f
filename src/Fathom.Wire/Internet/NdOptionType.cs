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

    /// <summary>Nonce, RFC 3971 §5.3.2 and RFC 7527.</summary>
    Nonce = 14,

    /// <summary>A more specific route, RFC 4191 §2.3.</summary>
    RouteInformation = 24,

    /// <summary>Recursive DNS servers, RFC 8106 §5.1.</summary>
    RecursiveDnsServer = 25,

    /// <summary>Router advertisement flags extension, RFC 5175.</summary>
    FlagsExtension = 26,

    /// <summary>DNS search list, RFC 8106 §5.2.</summary>
    DnsSearchList = 31,

    /// <summary>Captive portal, RFC 8910 §2.3.</summary>
    CaptivePortal = 37,

    /// <summary>NAT64 prefix, RFC 8781.</summary>
    Nat64Prefix = 38,
}
