namespace Fathom.Wire.Internet;

/// <summary>The layout of each registered neighbor discovery option.</summary>
public static class NdOptionLayouts
{
    private const string Rfc4861 = "RFC 4861 §4.6";

    private static readonly FieldSpec[] Framing = [new("type", 0, 8, Rfc4861), new("length", 8, 8, Rfc4861)];

    private static readonly ElementLayout SourceLinkLayerAddress = new("sourceLinkLayerAddress", "RFC 4861 §4.6.1", Framing);
    private static readonly ElementLayout TargetLinkLayerAddress = new("targetLinkLayerAddress", "RFC 4861 §4.6.1", Framing);

    private static readonly ElementLayout PrefixInformation = Make(
        "prefixInformation",
        "RFC 4861 §4.6.2",
        ("prefixLength", 8), ("onLink", 1), ("autonomous", 1), ("routerAddress", 1), ("delegationPreferred", 1), ("reserved", 4),
        ("validLifetime", 32), ("preferredLifetime", 32), ("reserved2", 32), ("prefix", 128));

    private static readonly ElementLayout RedirectedHeader = Make("redirectedHeader", "RFC 4861 §4.6.3", ("reserved", 48));
    private static readonly ElementLayout Mtu = Make("mtu", "RFC 4861 §4.6.4", ("reserved", 16), ("mtu", 32));
    private static readonly ElementLayout AdvertisementInterval = Make("advertisementInterval", "RFC 6275 §7.3", ("reserved", 16), ("interval", 32));

    private static readonly ElementLayout HomeAgentInformation =
        Make("homeAgentInformation", "RFC 6275 §7.4", ("reserved", 16), ("preference", 16), ("lifetime", 16));

    private static readonly ElementLayout SourceAddressList = Addresses("sourceAddressList", "RFC 3122 §3.1", ("reserved", 48));
    private static readonly ElementLayout TargetAddressList = Addresses("targetAddressList", "RFC 3122 §3.1", ("reserved", 48));
    private static readonly ElementLayout CgaParameters = WithRest("cgaParameters", "RFC 3971 §5.1", "parameters", ("paddingLength", 8), ("reserved", 8));
    private static readonly ElementLayout RsaSignature = WithRest("rsaSignature", "RFC 3971 §5.2", "signature", ("reserved", 16), ("keyHash", 128));
    private static readonly ElementLayout Timestamp = Make("timestamp", "RFC 3971 §5.3.1", ("reserved", 48), ("seconds", 48), ("fraction", 16));
    private static readonly ElementLayout Nonce = WithRest("nonce", "RFC 3971 §5.3.2", "nonce");
    private static readonly ElementLayout TrustAnchor = WithRest("trustAnchor", "RFC 3971 §6.4.3", "name", ("nameType", 8), ("paddingLength", 8));
    private static readonly ElementLayout Certificate = WithRest("certificate", "RFC 3971 §6.4.4", "certificate", ("certificateType", 8), ("reserved", 8));

    // RFC 4191 §2.3: the prefix takes 0, 8 or 16 octets.
    private static readonly ElementLayout RouteInformation = WithRest(
        "routeInformation", "RFC 4191 §2.3", "prefix", ("prefixLength", 8), ("reserved", 3), ("preference", 2), ("reserved2", 3), ("lifetime", 32));

    private static readonly ElementLayout RecursiveDnsServers = Addresses("recursiveDnsServers", "RFC 8106 §5.1", ("reserved", 16), ("lifetime", 32));
    private static readonly ElementLayout FlagsExtension = WithRest("flagsExtension", "RFC 5175 §4", "flags");
    private static readonly ElementLayout DnsSearchList = Make("dnsSearchList", "RFC 8106 §5.2", ("reserved", 16), ("lifetime", 32));

    private static readonly ElementLayout AddressRegistration = WithRest(
        "addressRegistration", "RFC 8505 §4.1", "owner", ("status", 8), ("opaque", 8), ("reserved", 4), ("opaqueType", 2), ("routing", 1), ("transaction", 1),
        ("transactionId", 8), ("lifetime", 16));

    private static readonly ElementLayout CompressionContext = WithRest(
        "compressionContext", "RFC 6775 §4.2", "prefix", ("contextLength", 8), ("reserved", 3), ("compression", 1), ("contextId", 4), ("reserved2", 16),
        ("validLifetime", 16));

    private static readonly ElementLayout BorderRouter = Make(
        "borderRouter", "RFC 6775 §4.3", ("versionLow", 16), ("versionHigh", 16), ("validLifetime", 16), ("address", 128));

    private static readonly ElementLayout CapabilityIndication = Make("capabilityIndication", "RFC 7400 §3.2", ("unassigned", 15), ("headerCompression", 1), ("unassigned2", 32));
    private static readonly ElementLayout CaptivePortal = WithRest("captivePortal", "RFC 8910 §2.3", "uri");

    private static readonly ElementLayout Nat64Prefix = WithRest(
        "nat64Prefix", "RFC 8781 §4", "prefix", ("scaledLifetime", 13), ("prefixLengthCode", 3));

    private static readonly ElementLayout EncryptedDns = WithRest("encryptedDns", "RFC 9463 §6.1", "servers", ("servicePriority", 16), ("lifetime", 32));
    private static readonly ElementLayout ShortcutLimit = WithRest("shortcutLimit", "RFC 2491 §6", "reserved", ("limit", 8));
    private static readonly ElementLayout AddressOrPrefix = Opaque("addressOrPrefix", "RFC 5568 §6.4.1");
    private static readonly ElementLayout HandoverLinkLayerAddress = Opaque("handoverLinkLayerAddress", "RFC 5568 §6.4.3");
    private static readonly ElementLayout AdvertisementAcknowledgment = Opaque("advertisementAcknowledgment", "RFC 5568 §6.4.6");
    private static readonly ElementLayout HandoverKeyRequest = Opaque("handoverKeyRequest", "RFC 5269 §3.1");
    private static readonly ElementLayout HandoverKeyReply = Opaque("handoverKeyReply", "RFC 5269 §3.2");
    private static readonly ElementLayout HandoverAssist = Opaque("handoverAssist", "RFC 5271");
    private static readonly ElementLayout MobileNodeIdentifier = Opaque("mobileNodeIdentifier", "RFC 5271");
    private static readonly ElementLayout ProxySignature = Opaque("proxySignature", "RFC 6496");
    private static readonly ElementLayout CryptoId = Opaque("cryptoId", "RFC 8928 §4.3");
    private static readonly ElementLayout Signature = Opaque("signature", "RFC 8928 §4.4");
    private static readonly ElementLayout ResourceDirectory = Opaque("resourceDirectory", "RFC 9176 §4.1.1");
    private static readonly ElementLayout AccessRouterRequest = Opaque("accessRouterRequest", "RFC 4065");
    private static readonly ElementLayout AccessRouterReply = Opaque("accessRouterReply", "RFC 4065");
    private static readonly ElementLayout Experiment = Opaque("experiment", "RFC 4727 §4");
    private static readonly ElementLayout Unknown = Opaque("option", Rfc4861);

    /// <summary>The layout of an option; of one that is not registered, type, length and the rest.</summary>
    /// <param name="type">The type.</param>
    public static ElementLayout Of(NdOptionType type) => type switch
    {
        NdOptionType.SourceLinkLayerAddress => SourceLinkLayerAddress,
        NdOptionType.TargetLinkLayerAddress => TargetLinkLayerAddress,
        NdOptionType.PrefixInformation => PrefixInformation,
        NdOptionType.RedirectedHeader => RedirectedHeader,
        NdOptionType.Mtu => Mtu,
        NdOptionType.ShortcutLimit => ShortcutLimit,
        NdOptionType.AdvertisementInterval => AdvertisementInterval,
        NdOptionType.HomeAgentInformation => HomeAgentInformation,
        NdOptionType.SourceAddressList => SourceAddressList,
        NdOptionType.TargetAddressList => TargetAddressList,
        NdOptionType.CgaParameters => CgaParameters,
        NdOptionType.RsaSignature => RsaSignature,
        NdOptionType.Timestamp => Timestamp,
        NdOptionType.Nonce => Nonce,
        NdOptionType.TrustAnchor => TrustAnchor,
        NdOptionType.Certificate => Certificate,
        NdOptionType.AddressOrPrefix => AddressOrPrefix,
        NdOptionType.HandoverLinkLayerAddress => HandoverLinkLayerAddress,
        NdOptionType.AdvertisementAcknowledgment => AdvertisementAcknowledgment,
        NdOptionType.RouteInformation => RouteInformation,
        NdOptionType.RecursiveDnsServer => RecursiveDnsServers,
        NdOptionType.FlagsExtension => FlagsExtension,
        NdOptionType.HandoverKeyRequest => HandoverKeyRequest,
        NdOptionType.HandoverKeyReply => HandoverKeyReply,
        NdOptionType.HandoverAssist => HandoverAssist,
        NdOptionType.MobileNodeIdentifier => MobileNodeIdentifier,
        NdOptionType.DnsSearchList => DnsSearchList,
        NdOptionType.ProxySignature => ProxySignature,
        NdOptionType.AddressRegistration => AddressRegistration,
        NdOptionType.CompressionContext => CompressionContext,
        NdOptionType.BorderRouter => BorderRouter,
        NdOptionType.CapabilityIndication => CapabilityIndication,
        NdOptionType.CaptivePortal => CaptivePortal,
        NdOptionType.Nat64Prefix => Nat64Prefix,
        NdOptionType.CryptoId => CryptoId,
        NdOptionType.Signature => Signature,
        NdOptionType.ResourceDirectory => ResourceDirectory,
        NdOptionType.AccessRouterRequest => AccessRouterRequest,
        NdOptionType.AccessRouterReply => AccessRouterReply,
        NdOptionType.EncryptedDns => EncryptedDns,
        NdOptionType.Experiment1 or NdOptionType.Experiment2 => Experiment,
        _ => Unknown,
    };

    private static ElementLayout Make(string name, string spec, params ReadOnlySpan<(string Name, int Bits)> fields) => new(name, spec, Rows(spec, fields));

    private static ElementLayout WithRest(string name, string spec, string rest, params ReadOnlySpan<(string Name, int Bits)> fields)
        => new(name, spec, Rows(spec, fields), rest: rest);

    private static ElementLayout Addresses(string name, string spec, params ReadOnlySpan<(string Name, int Bits)> fields)
        => new(name, spec, Rows(spec, fields), [new("address", 0, 128, spec)]);

    private static ElementLayout Opaque(string name, string spec) => new(name, spec, Framing, rest: "data");

    private static FieldSpec[] Rows(string spec, ReadOnlySpan<(string Name, int Bits)> fields)
    {
        var rows = new List<FieldSpec>(Framing);
        var at = 16;
        foreach (var (name, bits) in fields)
        {
            rows.Add(new FieldSpec(name, at, bits, spec));
            at += bits;
        }

        return [.. rows];
    }
}
