using System.Globalization;
using System.Text;
using Fathom.Hosts.Internet;
using Fathom.Probes.Internet;
using Fathom.Probes.Internet.Ping;

namespace Fathom.Cli.Ping;

/// <summary>What a ping showed, in plain words with its numbers.</summary>
internal static class PingExplanation
{
    /// <summary>Makes the words.</summary>
    public static string Of(string host, PingReport report, PingOptions options)
    {
        var s = report.Statistics;
        var text = new StringBuilder();
        var v6 = report.Destination.IsV6;
        text.Append(CultureInfo.InvariantCulture,
            $"An echo request ({(v6 ? "ICMPv6 type 128" : "ICMP type 8")}) asks a host to send its {options.DataLength} octets back ({(v6 ? "type 129" : "type 0")}). No port is involved: ICMP lies beside TCP and UDP, directly above IP, and the host's kernel answers, not a program. ");
        text.Append(report.Method switch
        {
            EchoMethod.Datagram => "It was sent without privilege, through an ICMP datagram socket (net.ipv4.ping_group_range allows it). ",
            EchoMethod.Raw => "It was sent through a raw socket, which needs a privilege. ",
            _ => string.Empty,
        });
        if (s.Received > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{s.Received} of {s.Sent} came back; the fastest took {PingText.Ms(s.Minimum)} ms there and back together. ");
            if (report.HopLimit is { } left)
            {
                var routers = HopDistance.Estimate(left);
                text.Append(CultureInfo.InvariantCulture, $"The reply arrived with a hop limit (ttl) of {left}: systems start with 64, 128 or 255 and each router takes one off, so it passed {(routers == 0 ? "no router" : routers == 1 ? "one router" : $"{routers} routers")} on its way back. ");
            }

            if (s.Received > 1) text.Append(CultureInfo.InvariantCulture, $"Round trips vary by queues: mdev is their standard deviation, jitter the mean change from one to the next ({s.MeanDifference:0.000} ms). ");
            if (s.Lost > 0) text.Append("What is missing was lost on the way there or on the way back (ping cannot say which), or the host limits its answers. ");
            if (s.Damaged > 0) text.Append("Data came back changed, although checksums matched: memory or hardware on the way damages packets. ");
        }
        else if (report.LastError is { Error.Origin: NetworkErrorOrigin.Local } local)
        {
            text.Append(CultureInfo.InvariantCulture, $"Nobody out there said anything: this host itself reports \"{local.Error.Describe()}\". ");
        }
        else if (report.LastError is { } error)
        {
            text.Append(CultureInfo.InvariantCulture, $"Not {host} answered but {error.Error.Reporter?.ToString() ?? "a router"}, with an ICMP error: {error.Error.Describe()}. An error names its sender, so you know how far the packet came. ");
        }
        else if (s.Sent > 0)
        {
            text.Append("Silence has many reasons: the host is down, a firewall drops echo requests, or packets are lost either way. Many hosts that serve the web answer no ping: 'fathom check' asks what they do answer. ");
        }

        return text.ToString().TrimEnd();
    }
}
