namespace Fathom.Diagnosis;

/// <summary>The ids of the contract, with their layers. An id, once published, keeps its meaning.</summary>
public static class Causes
{
#pragma warning disable CS1591 // The names are the ids; the contract's table says what each means.
    public const string LinkNoInterface = "link.no-interface";
    public const string LinkDown = "link.down";
    public const string NeighborUnanswered = "neighbor.unanswered";
    public const string NeighborHostAbsent = "neighbor.host-absent";
    public const string NeighborDuplicateAddress = "neighbor.duplicate-address";
    public const string AddressMissing = "address.missing";
    public const string AddressSelfAssigned = "address.self-assigned";
    public const string AddressWrongPrefix = "address.wrong-prefix";
    public const string RouteMissing = "route.missing";
    public const string RouteWrongGateway = "route.wrong-gateway";
    public const string RouteProhibited = "route.prohibited";
    public const string PathUnreachable = "path.unreachable";
    public const string PathFiltered = "path.filtered";
    public const string PathLoop = "path.loop";
    public const string PathSilent = "path.silent";
    public const string PathMtuBlackhole = "path.mtu-blackhole";
    public const string PathMtuReduced = "path.mtu-reduced";
    public const string PathLoss = "path.loss";
    public const string PathLatency = "path.latency";
    public const string PathIpv6Broken = "path.ipv6-broken";
    public const string PathIpv4Broken = "path.ipv4-broken";
    public const string DnsNoServer = "dns.no-server";
    public const string DnsServerUnreachable = "dns.server-unreachable";
    public const string DnsServerDegraded = "dns.server-degraded";
    public const string DnsRefused = "dns.refused";
    public const string DnsServfail = "dns.servfail";
    public const string DnsNxdomain = "dns.nxdomain";
    public const string DnsNoAddress = "dns.no-address";
    public const string DnsLameDelegation = "dns.lame-delegation";
    public const string DnsCnameLoop = "dns.cname-loop";
    public const string DnsTcpBlocked = "dns.tcp-blocked";
    public const string DnsMalformed = "dns.malformed";
    public const string DnsHostsOverride = "dns.hosts-override";
    public const string DnsHijacked = "dns.hijacked";
    public const string DnsDnssecBogus = "dns.dnssec-bogus";
    public const string TcpRefused = "tcp.refused";
    public const string TcpFiltered = "tcp.filtered";
    public const string TcpReset = "tcp.reset";
    public const string TcpClosedEarly = "tcp.closed-early";
    public const string TcpStalled = "tcp.stalled";
    public const string UdpPortUnreachable = "udp.port-unreachable";
    public const string TlsNotTls = "tls.not-tls";
    public const string TlsHandshakeRefused = "tls.handshake-refused";
    public const string TlsVersionUnsupported = "tls.version-unsupported";
    public const string TlsCipherUnsupported = "tls.cipher-unsupported";
    public const string TlsExpired = "tls.expired";
    public const string TlsNotYetValid = "tls.not-yet-valid";
    public const string TlsClockSkew = "tls.clock-skew";
    public const string TlsNameMismatch = "tls.name-mismatch";
    public const string TlsSelfSigned = "tls.self-signed";
    public const string TlsUntrustedIssuer = "tls.untrusted-issuer";
    public const string TlsIncompleteChain = "tls.incomplete-chain";
    public const string TlsWeak = "tls.weak";
    public const string TlsClientCertificateRequired = "tls.client-certificate-required";
    public const string HttpMalformed = "http.malformed";
    public const string HttpWrongScheme = "http.wrong-scheme";
    public const string HttpClientError = "http.client-error";
    public const string HttpServerError = "http.server-error";
    public const string HttpUpstreamError = "http.upstream-error";
    public const string HttpRedirectLoop = "http.redirect-loop";
    public const string HttpTruncated = "http.truncated";
    public const string HttpTimeout = "http.timeout";
    public const string HttpCaptivePortal = "http.captive-portal";
    public const string HttpInsecureHeaders = "http.insecure-headers";
    public const string CookieRejected = "cookie.rejected";
    public const string CookieInsecure = "cookie.insecure";
    public const string CloseReset = "close.reset";
    public const string CloseNoCloseNotify = "close.no-close-notify";
#pragma warning restore CS1591

    /// <summary>The layer of a cause, by the contract.</summary>
    /// <param name="cause">The id.</param>
    /// <exception cref="ArgumentException">The id is not of the contract.</exception>
    public static Layer LayerOf(string cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        var family = cause.AsSpan(0, Math.Max(0, cause.IndexOf('.', StringComparison.Ordinal)));
        return family switch
        {
            "link" or "neighbor" => Layer.Link,
            "address" or "route" or "path" => Layer.Internet,
            "tcp" or "udp" => Layer.Transport,
            "dns" or "tls" or "http" or "cookie" => Layer.Application,
            "close" => cause == CloseReset ? Layer.Transport : Layer.Application,
            _ => throw new ArgumentException($"'{cause}' is not a cause of the contract.", nameof(cause)),
        };
    }
}
