namespace Fathom.EndToEnd.Cases;

/// <summary>The words of the contract of `fathom check`, written down here a second time, so that none changes unnoticed.</summary>
internal static class Contract
{
    private const string Link = "link";
    private const string Internet = "internet";
    private const string Transport = "transport";
    private const string Application = "application";

    public const string Schema = "fathom.check/1";

    /// <summary>In the order of the walk.</summary>
    public static IReadOnlyList<string> Stages { get; } =
        ["interface", "address", "route", "neighbor", "dns", "reach", "path", "connect", "tls", "http", "cookies", "close"];

    public static IReadOnlyList<string> StageStatuses { get; } = ["pass", "warn", "fail", "skipped", "unknown"];

    public static IReadOnlyList<string> VerdictStatuses { get; } = ["works", "degraded", "broken", "unknown"];

    public static IReadOnlyList<string> Severities { get; } = ["fail", "warn", "info"];

    private static readonly Dictionary<string, string[]> CausesByLayer = new()
    {
        [Link] = ["link.no-interface", "link.down", "neighbor.unanswered", "neighbor.host-absent", "neighbor.duplicate-address"],
        [Internet] =
        [
            "address.missing", "address.self-assigned", "address.wrong-prefix", "route.missing", "route.wrong-gateway", "route.prohibited",
            "path.unreachable", "path.filtered", "path.loop", "path.silent", "path.mtu-blackhole", "path.mtu-reduced", "path.loss",
            "path.latency", "path.ipv6-broken", "path.ipv4-broken",
        ],
        [Transport] =
        [
            "tcp.refused", "tcp.filtered", "tcp.reset", "tcp.closed-early", "tcp.stalled", "udp.port-unreachable", "close.reset",
        ],
        [Application] =
        [
            "dns.no-server", "dns.server-unreachable", "dns.server-degraded", "dns.refused", "dns.servfail", "dns.nxdomain",
            "dns.no-address", "dns.lame-delegation", "dns.cname-loop", "dns.tcp-blocked", "dns.malformed", "dns.hosts-override",
            "dns.hijacked", "dns.dnssec-bogus", "tls.not-tls", "tls.handshake-refused", "tls.version-unsupported",
            "tls.cipher-unsupported", "tls.expired", "tls.not-yet-valid", "tls.clock-skew", "tls.name-mismatch", "tls.self-signed",
            "tls.untrusted-issuer", "tls.incomplete-chain", "tls.weak", "tls.client-certificate-required", "http.malformed",
            "http.wrong-scheme", "http.client-error", "http.server-error", "http.upstream-error", "http.redirect-loop",
            "http.truncated", "http.timeout", "http.captive-portal", "http.insecure-headers", "cookie.rejected", "cookie.insecure",
            "close.no-close-notify",
        ],
    };

    private static readonly Dictionary<string, string> Layers = CausesByLayer
        .SelectMany(layer => layer.Value.Select(cause => (cause, layer.Key)))
        .ToDictionary(pair => pair.cause, pair => pair.Key);

    public static bool IsCause(string cause) => Layers.ContainsKey(cause);

    public static string LayerOf(string cause) => Layers[cause];

    /// <summary>The exit status that belongs to a verdict.</summary>
    public static int ExitStatusOf(string verdict) => verdict switch
    {
        "works" or "degraded" => 0,
        "broken" => 1,
        "unknown" => 3,
        _ => throw new ArgumentOutOfRangeException(nameof(verdict)),
    };
}
