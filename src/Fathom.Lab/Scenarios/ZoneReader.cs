using Fathom.Services.Application.Dns;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Application.Dns.ZoneText;

namespace Fathom.Lab.Scenarios;

/// <summary>Reads a DNS zone.</summary>
internal static class ZoneReader
{
    // Where a record says nothing and the file has no $TTL: an hour, as the lab's own zones have it.
    private const uint DefaultTimeToLive = 3600;

    public static ZoneSpec Read(ScenarioNode at, string name, ScenarioNode node)
    {
        if (!DnsName.TryParse(name, out var origin, out var why)) throw Refuse(at.Line, $"the zone's name: {why}");
        if (!DnsZoneText.TryParse(node.Text(), origin, out var records, out var error, DefaultTimeToLive)) throw Refuse(node.TextLine + error.Line - 1, $"zone {name}: {error.Reason}");
        return DnsZone.TryCreate(records, out var zone, out var reason) ? new ZoneSpec(name, zone, at.Line) : throw Refuse(at.Line, $"zone {name}: {reason}");
    }

    private static ScenarioException Refuse(int line, string reason) => new(new ScenarioError(line, 1, reason));
}
