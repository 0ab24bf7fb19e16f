using Fathom.Probes.Application.Dns.Iterative;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Transport;

namespace Fathom.Diagnosis.Application.Dns;

/// <summary>A server that a zone is delegated to, and what it said.</summary>
/// <param name="Host">Its name.</param>
/// <param name="Server">Its address.</param>
/// <param name="Reply">What it said of the name.</param>
/// <param name="Service">How it stands to the zone.</param>
internal sealed record DelegatedServer(DnsName Host, IpEndpoint Server, ServerReply Reply, ZoneService Service)
{
    /// <summary>Name and address: "ns1.example.com (192.0.2.53)".</summary>
    public string Title => $"{Host} ({Server.Address})";

    /// <summary>What it does in place of serving the zone, behind the server's name.</summary>
    public string Words => Service switch
    {
        ZoneService.NotServed when Reply is ServerReply.Error error => $"answers {error.Code.ToText()}",
        ZoneService.NotServed when Reply is ServerReply.Lame lame => $"does not serve it: {lame.Reason}",
        ZoneService.Unloaded => "answers SERVFAIL to questions for this zone, and only to these",
        ZoneService.Closed => "has nothing that listens on port 53",
        ZoneService.Silent => "gives no answer",
        ZoneService.Failing => "answers SERVFAIL, whatever is asked",
        _ => "serves it",
    };
}
