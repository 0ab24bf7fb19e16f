using Fathom.EndToEnd.Worlds;
using static Fathom.EndToEnd.Cases.Confidence;

namespace Fathom.EndToEnd.Cases.Application;

/// <summary>Causes in HTTP.</summary>
internal static class WebCases
{
    /// <summary>The small servers send no security headers, and saying so is right.</summary>
    private static IReadOnlyList<string> PlainServer { get; } = ["http.insecure-headers"];

    public static IReadOnlyList<FaultCase> All { get; } =
    [
        Status("http.client-error: 404", "http.client-error", "missing", 404),
        Status("http.client-error: 403", "http.client-error", "forbidden", 403),
        Status("http.server-error: 500", "http.server-error", "error", 500),
        Status("http.server-error: 503", "http.server-error", "unavailable", 503),
        Status("http.upstream-error: 502", "http.upstream-error", "bad-gateway", 502),
        Status("http.upstream-error: 504", "http.upstream-error", "gateway-timeout", 504),
        new(
            "http.redirect-loop: to itself",
            $"https://{Names.Www}/loop",
            Expectation.Broken("http.redirect-loop"),
            Fault.None,
            new Witness($"curl -sS -L --max-redirs 20 -m 20 https://{Names.Www}/loop", 47, "")),
        new(
            "http.redirect-loop: between two",
            $"https://{Names.Www}/ping",
            Expectation.Broken("http.redirect-loop"),
            Fault.None,
            new Witness($"curl -sS -L --max-redirs 20 -m 20 https://{Names.Www}/ping", 47, "")),
        new(
            "http.truncated: Content-Length",
            $"http://{Names.V4Only}:{Ports.Truncated}/",
            Expectation.Broken("http.truncated") with { Also = PlainServer },
            Fault.None,
            Witness.Curl($"http://{Names.V4Only}:{Ports.Truncated}/", 18, "900 bytes remaining")),
        new(
            "http.truncated: chunk",
            $"http://{Names.V4Only}:{Ports.TruncatedChunk}/",
            Expectation.Broken("http.truncated") with { Also = PlainServer },
            Fault.None,
            Witness.Curl($"http://{Names.V4Only}:{Ports.TruncatedChunk}/", 18)),
        new(
            "http.timeout: HTTP",
            $"http://{Names.V4Only}:{Ports.Stalled}/",
            Expectation.Broken("http.timeout", Certain | Likely),
            Fault.None,
            Witness.Curl($"http://{Names.V4Only}:{Ports.Stalled}/", 28, seconds: 2)),
        new(
            "http.timeout: HTTPS",
            $"https://{Names.Www}/stalled",
            Expectation.Broken("http.timeout", Certain | Likely),
            Fault.None,
            Witness.Curl($"https://{Names.Www}/stalled", 28, seconds: 2)),
        new(
            "http.malformed",
            $"http://{Names.V4Only}:{Ports.Garbage}/",
            Expectation.Broken("http.malformed"),
            Fault.None,
            Witness.Curl($"http://{Names.V4Only}:{Ports.Garbage}/", 1, "HTTP/0.9")),
        new(
            "http.wrong-scheme",
            $"http://{Names.V4Only}:443/",
            Expectation.Broken("http.wrong-scheme"),
            Fault.None,
            Witness.Status($"http://{Names.V4Only}:443/", 400)),
        new(
            "http.wrong-scheme: HTTPS on the port of HTTP",
            $"https://{Names.V4Only}:80/",
            Expectation.Broken("http.wrong-scheme"),
            Fault.None,
            Witness.Curl($"https://{Names.V4Only}:80/", 35, "wrong version number")),
        new(
            "cookie.rejected",
            $"https://{Names.Www}/cookie-rejected",
            Expectation.Finding("cookie.rejected") with { Also = ["cookie.rejected", "http.insecure-headers", "cookie.insecure"] },
            Fault.None,
            Witness.Status($"https://{Names.Www}/cookie-rejected", 200)),
        new(
            "http.insecure-headers",
            $"https://{Names.V4Only}:{Ports.NoCloseNotify}/",
            Expectation.Finding("http.insecure-headers") with { Also = ["http.insecure-headers", "close.no-close-notify"] },
            Fault.None,
            new Witness($"curl -sS -m 20 -D - https://{Names.V4Only}:{Ports.NoCloseNotify}/", null, @"^HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\n")),
        new(
            "close.reset",
            $"http://{Names.V4Only}:{Ports.CloseReset}/",
            Expectation.Finding("close.reset") with { Also = ["close.reset", .. PlainServer] },
            Fault.None,
            Witness.Status($"http://{Names.V4Only}:{Ports.CloseReset}/", 200)),
        new(
            "close.no-close-notify",
            $"https://{Names.V4Only}:{Ports.NoCloseNotify}/",
            Expectation.Finding("close.no-close-notify") with { Also = ["close.no-close-notify", .. PlainServer] },
            Fault.None,
            new Witness(
                $"printf 'GET / HTTP/1.0\r\n\r\n' | openssl s_client -quiet -servername {Names.V4Only} -connect {Topology.ServerV4}:{Ports.NoCloseNotify}",
                1,
                "done.*unexpected eof|unexpected eof.*done")),
    ];

    private static FaultCase Status(string name, string cause, string path, int status)
    {
        var url = $"https://{Names.Www}/{path}";
        // A 4xx is the service's own refusal, every layer below it in order: degraded.
        var expect = status < 500 ? Expectation.Degraded(cause) : Expectation.Broken(cause);
        return new FaultCase(name, url, expect, Fault.None, Witness.Status(url, status));
    }
}
