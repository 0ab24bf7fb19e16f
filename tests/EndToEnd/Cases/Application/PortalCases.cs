using Fathom.EndToEnd.Worlds;
using Fathom.EndToEnd.Worlds.Servers;
using static Fathom.EndToEnd.Cases.Confidence;

namespace Fathom.EndToEnd.Cases.Application;

/// <summary>Captive portals that answer with an ordinary page, by turned connections and by DNS, and what looks like one.</summary>
internal static class PortalCases
{
    /// <summary>The gateway turns every connection to port 80 to the portal's server, and refuses all else but DNS.</summary>
    private static Fault Portal(string otherwise) => Fault.On(Node.Gateway, "nft '" + string.Join("; ",
        "add table inet portal",
        "add chain inet portal turn { type nat hook prerouting priority -100; }",
        $"add rule inet portal turn iifname lan ip daddr != 10.77.1.0/24 tcp dport 80 dnat ip to {Topology.ServerV4}:{Ports.PortalPage}",
        "add chain inet portal keep { type filter hook forward priority 0; }",
        $"add rule inet portal keep iifname lan tcp dport {Ports.PortalPage} accept",
        "add rule inet portal keep iifname lan meta l4proto { tcp, udp } th dport 53 accept",
        $"add rule inet portal keep iifname lan {otherwise}") + "'", "nft delete table inet portal");

    private static Witness Seen { get; } = new($"curl -sS -m 20 http://{Names.V4Only}/; curl -sS -m 20 http://192.0.2.1/", 0, "accept our terms.*accept our terms");

    public static IReadOnlyList<FaultCase> All { get; } =
    [
        new("http.captive-portal: a page, for HTTP", $"http://{Names.V4Only}/", Expectation.Broken("http.captive-portal"), Portal("reject"), Seen),
        new("http.captive-portal: a page, both families", $"http://{Names.Www}/", Expectation.Broken("http.captive-portal"), Portal("reject"), Seen),
        new("http.captive-portal: a page, where all else vanishes", $"http://{Names.V4Only}/", Expectation.Broken("http.captive-portal"), Portal("drop"), Seen),
        new("http.captive-portal: a page, HTTPS refused", $"https://{Names.V4Only}/", Expectation.Broken("http.captive-portal"), Portal("reject with tcp reset"), Seen),
        new("http.captive-portal: a page, HTTPS vanishes", $"https://{Names.V4Only}/", Expectation.Broken("http.captive-portal"), Portal("drop"), Seen),
        new(
            "http.captive-portal: by DNS",
            $"http://{Names.Nonexistent}/",
            Expectation.Broken("http.captive-portal", Likely),
            Fault.None,
            new Witness("dig +short any.thing.invalid; curl -sS -m 20 http://any.thing.invalid/", 0, $"{Topology.ServerV4}.*All is well"))
        {
            ResolvConf = $"nameserver {NameserverBehavior.Hijacker.Address}\n",
        },
        new(
            "http.captive-portal: by DNS, with a certificate of its own",
            $"https://{Names.Portal}/",
            Expectation.Broken("http.captive-portal", Likely),
            Fault.None,
            Witness.Curl($"https://{Names.Portal}/", 60, "certificate"))
        {
            ResolvConf = $"nameserver {NameserverBehavior.Hijacker.Address}\n",
        },
        new(
            "control: plain HTTP from a host that answers no echo",
            $"http://{Names.V4Only}/large.txt",
            Expectation.Works,
            Fault.Firewall(Node.Server, "output", "ip protocol icmp drop"),
            new Witness($"! ping -c 1 -W 1 {Topology.ServerV4} && curl -sS -m 20 http://{Names.V4Only}/large.txt", 0, "0123456789")),
    ];
}
