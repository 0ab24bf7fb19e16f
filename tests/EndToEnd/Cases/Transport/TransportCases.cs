using Fathom.EndToEnd.Worlds;
using static Fathom.EndToEnd.Cases.Confidence;

namespace Fathom.EndToEnd.Cases.Transport;

/// <summary>Causes of the transport layer.</summary>
internal static class TransportCases
{
    public static IReadOnlyList<FaultCase> All { get; } =
    [
        new(
            "tcp.refused",
            $"https://{Names.Www}:{Ports.Closed}/",
            Expectation.Broken("tcp.refused"),
            Fault.None,
            Witness.Curl($"https://{Names.Www}:{Ports.Closed}/", 7, "refused")),
        new(
            "tcp.refused: tcp target",
            $"tcp://{Names.V4Only}:{Ports.Closed}",
            Expectation.Broken("tcp.refused"),
            Fault.None,
            Witness.Curl($"http://{Names.V4Only}:{Ports.Closed}/", 7, "refused")),
        new(
            "tcp.refused: a firewall's RST",
            $"https://{Names.V4Only}/",
            Expectation.Broken("tcp.refused"),
            Fault.Firewall(Node.Server, "input", "tcp dport 443 reject with tcp reset"),
            Witness.Curl($"https://{Names.V4Only}/", 7, "refused")),
        new(
            "tcp.filtered: on the server",
            $"https://{Names.V4Only}/",
            Expectation.Broken("tcp.filtered", Certain | Likely),
            Fault.Firewall(Node.Server, "input", "tcp dport 443 drop"),
            new Witness($"ping -c 1 -W 1 {Topology.ServerV4} && curl -m 20 -sS http://{Topology.ServerV4}/ && curl -m 2 https://{Topology.ServerV4}/", 28, "All is well")),
        new(
            "tcp.filtered: both families",
            $"https://{Names.Www}/",
            Expectation.Broken("tcp.filtered", Certain | Likely),
            Fault.Firewall(Node.FarRouter, "forward", "tcp dport 443 drop"),
            Witness.Curl($"https://{Names.Www}/", 28, seconds: 2)),
        new(
            "tcp.reset",
            $"https://{Names.Www}:{Ports.Reset}/",
            Expectation.Broken("tcp.reset"),
            Fault.None,
            Witness.Curl($"https://{Names.Www}:{Ports.Reset}/", 35, "reset")),
        new(
            "tcp.reset: HTTP",
            $"http://{Names.V4Only}:{Ports.Reset}/",
            Expectation.Broken("tcp.reset"),
            Fault.None,
            Witness.Curl($"http://{Names.V4Only}:{Ports.Reset}/", 56, "reset")),
        new(
            "tcp.closed-early",
            $"http://{Names.V4Only}:{Ports.ClosedEarly}/",
            Expectation.Broken("tcp.closed-early"),
            Fault.None,
            Witness.Curl($"http://{Names.V4Only}:{Ports.ClosedEarly}/", 52, "Empty reply")),
        new(
            "tcp.stalled: no answer to the ClientHello",
            $"https://{Names.V4Only}:{Ports.Stalled}/",
            Expectation.Broken("tcp.stalled", Certain | Likely),
            Fault.None,
            Witness.Curl($"https://{Names.V4Only}:{Ports.Stalled}/", 28, seconds: 2)),
        new(
            "udp.port-unreachable",
            $"udp://{Names.V4Only}:{Ports.Closed}",
            Expectation.Broken("udp.port-unreachable"),
            Fault.None,
            new Witness($"dig +tries=1 +time=2 -p {Ports.Closed} @{Topology.ServerV4} x", 9, "refused")),
        new(
            "udp.port-unreachable: IPv6",
            $"udp://[{Topology.ServerV6}]:{Ports.Closed}",
            Expectation.Broken("udp.port-unreachable"),
            Fault.None,
            new Witness($"dig +tries=1 +time=2 -p {Ports.Closed} @{Topology.ServerV6} x", 9, "refused")),
    ];
}
