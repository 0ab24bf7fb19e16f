using Fathom.Diagnosis;
using static Fathom.Diagnosis.VerdictStatus;

namespace Fathom.Lab.Tests.Matrix;

/// <summary>Every fault of the catalog at three places, or in three variants, with what the contract (docs/check-contract.md) calls it.</summary>
public static class MatrixCells
{
    private const string Web = "https://www.example.com/";
    private const string Other = "https://example.com/";
    private const string Plain = "http://www.example.com/";
    private const string Large = "https://www.example.com/bytes/100000";
    private const string Port = "tcp://www.example.com:7";
    private const string Address = "tcp://203.0.113.80:443";
    private const string Address6 = "tcp://[2001:db8:80::80]:443";
    private const string Laptop = "laptop";
    private const string Phone = "phone";

    public static IReadOnlyList<MatrixCell> All { get; } =
    [
        .. Client("link.no-interface", Broken),
        .. Client("link.down", Broken),
        .. At("neighbor.unanswered", Broken, ("home-router", Laptop, Web), ("home-router/lan", Phone, Web), ("home-router/lan", Laptop, Address)),
        .. At("neighbor.host-absent", Broken, ("printer", Laptop, "http://192.168.1.30/"), ("printer", Phone, "tcp://192.168.1.30:80"), ("phone", Laptop, "tcp://192.168.1.20:80")),
        .. At("neighbor.duplicate-address", Broken, ("printer", Laptop, "tcp://192.168.1.30:9100"), ("phone", Laptop, "tcp://192.168.1.20:80"), ("home-router", Laptop, Address)).Select(static c => c with { NeedsPackets = true }),
        .. Client("address.missing", Broken),
        .. Client("address.self-assigned", Broken),
        .. At("address.wrong-prefix", Broken, ("laptop", Laptop, Address), ("phone", Phone, Address), ("laptop/eth0", Laptop, "tcp://203.0.113.80:7")),
        .. Client("route.missing", Broken),
        .. Client("route.wrong-gateway", Broken),
        .. Client("route.prohibited", Broken),
        .. At("path.unreachable", Broken, ("provider-router", Laptop, Web), ("home-router", Phone, Address), ("provider-router", Laptop, Port)),
        .. At("path.filtered", Broken, ("provider-router", Laptop, Web), ("hosting-router", Phone, Web), ("home-router", Laptop, Address)),
        .. At("path.loop", Broken, ("hosting-router", Laptop, Web), ("hosting-router/exchange", Phone, Address), ("hosting-router", Laptop, Port)),
        .. At("path.silent", Broken, ("provider-router", Laptop, Web), ("hosting-router", Phone, Web), ("provider-router", Laptop, Address6)),
        .. At("path.mtu-blackhole", Broken, ("provider-router", Laptop, Large), ("hosting-router", Phone, Large), ("provider-router", Phone, Large)),
        .. At("path.mtu-reduced", Works, ("home-router-provider-router", Laptop, Web), ("home-router/wan", Phone, Web), ("home-router-provider-router", Laptop, Plain)),
        .. At("path.loss", Degraded, ("home-router-provider-router", Laptop, Web), ("www/eth0", Phone, Web), ("home-router/wan", Laptop, Plain)),
        .. At("path.latency", Degraded, ("home-router-provider-router", Laptop, Web), ("www/eth0", Phone, Web), ("home-router/wan", Laptop, Plain)),
        .. At("path.ipv6-broken", Degraded, ("provider-router", Laptop, Web), ("hosting-router", Phone, Web), ("provider-router", Laptop, Port)),
        .. At("path.ipv4-broken", Degraded, ("provider-router", Laptop, Web), ("hosting-router", Phone, Web), ("provider-router", Laptop, Port)),
        .. At("dns.no-server", Broken, ("laptop", Laptop, Web), ("phone", Phone, Plain), ("laptop", Laptop, Port)),
        .. Resolver("dns.server-unreachable", Broken),
        .. At("dns.server-degraded", Degraded, ("laptop", Laptop, Web), ("phone", Phone, Plain), ("laptop", Laptop, Port)),
        .. Resolver("dns.refused", Broken),
        .. At("dns.servfail", Broken, ("resolver", Laptop, Web), ("ns1", Phone, Plain), ("com", Laptop, Port)),
        .. At("dns.nxdomain", Broken, ("resolver", Laptop, Web), ("ns1", Phone, Plain), ("com", Laptop, Port)),
        .. At("dns.no-address", Broken, ("resolver", Laptop, Web), ("ns1", Phone, Plain), ("ns1", Laptop, Port)),
        .. At("dns.lame-delegation", Broken, ("ns1", Laptop, Web), ("com", Phone, Plain), ("ns1", Laptop, Port)),
        .. At("dns.cname-loop", Broken, ("resolver", Laptop, Web), ("ns1", Phone, Plain), ("ns1", Laptop, Port)),
        .. Resolver("dns.tcp-blocked", Broken),
        .. Resolver("dns.malformed", Broken),
        .. At("dns.hosts-override", Broken, ("laptop", Laptop, Web), ("phone", Phone, Plain), ("laptop", Laptop, Port)),
        .. Resolver("dns.hijacked", Degraded),
        .. Resolver("dns.dnssec-bogus", Broken),
        .. At("tcp.refused", Broken, ("www", Laptop, Web), ("www:443", Phone, Web), ("www:7", Laptop, Port)),
        .. At("tcp.filtered", Broken, ("www", Laptop, Web), ("www:443", Phone, Web), ("www:7", Laptop, Port)),
        .. At("tcp.reset", Broken, ("www:443", Laptop, Web), ("www", Phone, Plain), ("hosting-router:443", Laptop, Web)),
        .. At("tcp.closed-early", Broken, ("www:443", Laptop, Web), ("www", Phone, Plain), ("www:80", Laptop, Plain)),
        .. At("tcp.stalled", Broken, ("www:443", Laptop, Web), ("www", Phone, Web), ("hosting-router:443", Laptop, Web)),
        .. At("udp.port-unreachable", Broken, ("www", Laptop, "udp://203.0.113.80:7"), ("www:7", Phone, "udp://www.example.com:7"), ("www:13", Laptop, "udp://203.0.113.80:13")),
        .. Secured("tls.not-tls"),
        .. Secured("tls.handshake-refused"),
        .. Secured("tls.version-unsupported"),
        .. Secured("tls.cipher-unsupported"),
        .. Secured("tls.expired"),
        .. Secured("tls.not-yet-valid"),
        .. At("tls.clock-skew", Broken, ("laptop", Laptop, Web), ("phone", Phone, Other), ("laptop", Laptop, Plain)),
        .. Secured("tls.name-mismatch"),
        .. Secured("tls.self-signed"),
        .. Secured("tls.untrusted-issuer"),
        .. Secured("tls.incomplete-chain"),
        .. Secured("tls.weak"),
        .. Secured("tls.client-certificate-required"),
        .. Server("http.malformed", Broken),
        .. Server("http.wrong-scheme", Broken),
        .. Server("http.client-error", Degraded),
        .. Server("http.server-error", Broken),
        .. Server("http.upstream-error", Broken),
        .. Server("http.redirect-loop", Broken),
        .. Server("http.truncated", Broken),
        .. Server("http.timeout", Broken),
        .. At("http.captive-portal", Broken, ("home-router/lan", Laptop, Plain), ("home-router/lan", Phone, "http://203.0.113.80/"), ("home-router", Laptop, Web)),
        .. Secured("http.insecure-headers", Works),
        .. Server("cookie.rejected", Degraded),
        .. Server("cookie.insecure", Works),
        .. Server("close.reset", Degraded),
        .. Secured("close.no-close-notify", Works),
    ];

    private static IEnumerable<MatrixCell> Client(string cause, VerdictStatus status) => At(cause, status, ("laptop", Laptop, Web), ("phone", Phone, Web), ("laptop/eth0", Laptop, Address));

    private static IEnumerable<MatrixCell> Resolver(string cause, VerdictStatus status) => At(cause, status, ("resolver", Laptop, Web), ("resolver", Phone, Plain), ("resolver/eth0", Laptop, Port));

    private static IEnumerable<MatrixCell> Server(string cause, VerdictStatus status) => At(cause, status, ("www:443", Laptop, Web), ("www", Phone, Other), ("www:80", Laptop, Plain));

    private static IEnumerable<MatrixCell> Secured(string cause, VerdictStatus status = Broken) => At(cause, status, ("www:443", Laptop, Web), ("www", Phone, Other), ("www/eth0", Laptop, Plain));

    private static IEnumerable<MatrixCell> At(string cause, VerdictStatus status, params (string Place, string From, string Target)[] variants)
        => variants.Select(v => new MatrixCell(cause, v.Place, v.From, v.Target, status));
}
