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
        if (!DnsName.TryParse(name, out var origin, out var why)) throw at.Refuse($"the zone's name: {why}");
        if (!DnsZoneText.TryParse(node.Text(), origin, out var records, out var error, DefaultTimeToLive)) throw new ScenarioException(node.PlaceOf(error.Line), $"zone {name}: {error.Reason}");
        return DnsZone.TryCreate(records, out var zone, out var reason) ? new ZoneSpec(name, zone, at.Place) : throw at.Refuse($"zone {name}: {reason}");
    }
}
