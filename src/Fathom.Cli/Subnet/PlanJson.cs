using System.Globalization;
using System.Text.Json;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Subnet;

/// <summary>A plan as members of a JSON object.</summary>
internal static class PlanJson
{
    public static void Write(Utf8JsonWriter json, IpPrefix space, SubnetPlan plan)
    {
        json.WriteString("operation", "plan");
        json.WriteString("of", space.ToString());
        json.WriteBoolean("fits", plan is SubnetPlan.Fits);
        if (plan is SubnetPlan.DoesNotFit no)
        {
            json.WriteString("noRoomFor", no.First.Name);
            json.WriteNumber("neededLength", no.NeededLength);
            json.WriteString("addressesNeeded", no.TotalNeeded.ToString(CultureInfo.InvariantCulture));
            PrefixOutput.WriteArray(json, "free", no.Free);
            return;
        }

        var fits = (SubnetPlan.Fits)plan;
        json.WriteStartArray("subnets");
        foreach (var assignment in fits.Assignments)
        {
            json.WriteStartObject();
            json.WriteString("name", assignment.Need.Name);
            PrefixOutput.WriteMembers(json, assignment.Prefix);
            json.WriteString("asked", assignment.Need.Hosts.ToString(CultureInfo.InvariantCulture));
            json.WriteString("spare", assignment.Spare.ToString(CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        PrefixOutput.WriteArray(json, "free", fits.Free);
    }
}
