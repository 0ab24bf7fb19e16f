using Fathom.Services.Application.Dns;

namespace Fathom.Lab.Scenarios;

/// <summary>A DNS zone.</summary>
/// <param name="Name">Its name; "." for the root.</param>
/// <param name="Zone">The zone itself, which all that is made of the scenario shares.</param>
/// <param name="At">Where it stands in the file.</param>
public sealed record ZoneSpec(string Name, DnsZone Zone, ScenarioPlace At);
