using Fathom.Probes.Application.Dns.Iterative;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Transport;

namespace Fathom.Diagnosis.Application.Dns;

/// <summary>What was learned of a name that a resolver fails on, without the resolver's judgment.</summary>
/// <param name="Aliases">The aliases that lead back to themselves, the name first; empty: none do.</param>
/// <param name="Zone">The last zone that was delegated on the way to the name; null: none was found.</param>
/// <param name="Replies">What its servers say, those that were asked.</param>
/// <param name="Evidence">Ids of the evidence.</param>
internal sealed record DelegationObservation(
    IReadOnlyList<DnsName> Aliases, DnsName? Zone, IReadOnlyList<(DnsName Host, IpEndpoint Server, ServerReply Reply)> Replies, IReadOnlyList<string> Evidence)
{
    /// <summary>The servers that do not serve the zone: by RFC 9499 §7 also those that refuse names of it.</summary>
    public IReadOnlyList<(DnsName Host, IpEndpoint Server, ServerReply Reply)> Lame => [.. Replies.Where(static r => IsLame(r.Reply))];

    private static bool IsLame(ServerReply reply) => reply is ServerReply.Lame or ServerReply.Error { Code: DnsResponseCode.Refused or DnsResponseCode.NotAuth };
}
