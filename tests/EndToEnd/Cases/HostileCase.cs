using Fathom.EndToEnd.Worlds;
using Fathom.EndToEnd.Worlds.Servers;

namespace Fathom.EndToEnd.Cases;

/// <summary>A peer that answers to do harm: the check must end, at a limit that its output names.</summary>
/// <param name="Name">What the peer does.</param>
/// <param name="Target">The target that meets it.</param>
/// <param name="Causes">The causes that are right by the contract.</param>
/// <param name="Pattern">What the output must say about the limit or the fault, a regular expression.</param>
/// <param name="Witness">What a tool that is not ours says of the same peer.</param>
internal sealed record HostileCase(string Name, string Target, IReadOnlyList<string> Causes, string Pattern, Witness Witness)
{
    // "limit", "at most 64", "more than 20 redirects", "after 10 s", "too many", "65,536 octets": any of them names a limit.
    private const string Limit = @"limit|at most|more than|exceed|too (many|long|large|big)|within \d|after \d|in \d[\d.,]* ?(ms|s)\b|\d+ (redirects|bytes|octets)";

    private static readonly string TrickleTls = $"https://{Names.V4Only}:{Ports.TrickleTls}/";

    private static readonly string GarbageTls = $"https://{Names.V4Only}:{Ports.GarbageTls}/";

    /// <summary>The client's resolv.conf, or null for the world's resolver.</summary>
    public string? ResolvConf { get; init; }

    public static IReadOnlyList<HostileCase> All { get; } =
    [
        Web("endless header lines", Ports.EndlessHeaders, ["http.malformed"], 56, "Too large response headers"),
        Web("an endless header line", Ports.EndlessHeaderLine, ["http.malformed"], 27, "Out of memory"),
        Web("endless interim responses", Ports.EndlessInterim, ["http.malformed"], 56, "Too large response headers"),
        Web("endless redirects", Ports.EndlessRedirects, ["http.redirect-loop"], 47, "Maximum"),
        // The answer came, with all of its head: content beyond any limit does not make the target broken.
        Web("endless content", Ports.EndlessContent, ["http.truncated", "http.timeout", ""], 28, "timed out"),
        Web("a response of one byte a second", Ports.Trickle, ["http.timeout"], 28, "timed out"),
        new(
            "a TLS record of one byte a second",
            TrickleTls,
            ["tcp.stalled", "tls.handshake-refused", "tls.not-tls"],
            Limit,
            Witness.Curl(TrickleTls, 28, seconds: 2)),
        new(
            "a ServerHello with impossible lengths",
            GarbageTls,
            // Who waits for the rest of a message of 16 MiB that never comes is right as well, as long as the wait has an end.
            ["tls.not-tls", "tls.handshake-refused", "tcp.stalled"],
            "TLS|" + Limit,
            Witness.Curl(GarbageTls, 35, "excessive message size")),
        Dns("a reply with the wrong id", NameserverBehavior.WrongId, ["dns.malformed", "dns.server-unreachable"], @"\bid\b|" + Limit, 9, "ID mismatch"),
        Dns("a hundred replies with wrong ids", NameserverBehavior.Flood, ["dns.malformed", "dns.server-unreachable"], @"\bid\b|" + Limit, 9, "ID mismatch"),
        Dns(
            "a reply from another address",
            NameserverBehavior.AnotherAddress,
            ["dns.malformed", "dns.server-unreachable"],
            "another address|other address|answer|" + Limit,
            9,
            "timed out"),
        Dns("a compression loop", NameserverBehavior.CompressionLoop, ["dns.malformed"], "pointer|compress|loop|limit", null, "bad compression pointer"),
        Dns("half a header", NameserverBehavior.Short, ["dns.malformed"], @"\d+ (bytes|octets)|short|truncated|header", 9, "short"),
        Dns("an answer to another question", NameserverBehavior.WrongQuestion, ["dns.malformed", "dns.server-unreachable"], "question|" + Limit, 9, "Question section mismatch"),
        Dns("65,535 records claimed, none sent", NameserverBehavior.CountsWithoutRecords, ["dns.malformed"], "record|answer|octets|bytes|end", null, "malformed"),
        Dns("always truncated, no TCP", NameserverBehavior.AlwaysTruncated, ["dns.tcp-blocked"], "TCP", 9, "retrying in TCP mode.*refused"),
    ];

    private static HostileCase Web(string name, int port, IReadOnlyList<string> causes, int exitCode, string message)
    {
        var url = $"http://{Names.V4Only}:{port}/";
        // 28 is the end of curl's patience; every other end comes by itself, on a busy machine later.
        var seconds = exitCode == 28 ? 2 : 20;
        return new(name, url, causes, Limit, new Witness($"curl -sS -L -m {seconds} -o /dev/null {url}", exitCode, message));
    }

    private static HostileCase Dns(string name, NameserverBehavior resolver, IReadOnlyList<string> causes, string pattern, int? exitCode, string message) =>
        new(name, $"https://{Names.Www}/", causes, pattern, new Witness($"dig +time=3 +tries=1 {Names.Www}", exitCode, message)) { ResolvConf = $"nameserver {resolver.Address}\n" };
}
