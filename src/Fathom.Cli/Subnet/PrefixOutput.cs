using System.Globalization;
using System.Text.Json;
using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Subnet;

/// <summary>Prefixes as results.</summary>
internal static class PrefixOutput
{
    /// <summary>One prefix with its figures, as members of an object.</summary>
    public static void WriteMembers(Utf8JsonWriter json, IpPrefix prefix)
    {
        var hosts = IpHosts.Of(prefix);
        json.WriteString("prefix", prefix.ToString());
        json.WriteString("first", prefix.Address.ToString());
        json.WriteString("last", prefix.Last.ToString());
        json.WriteString("firstHost", hosts.First.ToString());
        json.WriteString("lastHost", hosts.Last.ToString());
        json.WriteString("hosts", hosts.Count.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>An array of prefixes as text.</summary>
    public static void WriteArray(Utf8JsonWriter json, string name, IEnumerable<IpPrefix> prefixes)
    {
        json.WriteStartArray(name);
        foreach (var prefix in prefixes) json.WriteStringValue(prefix.ToString());
        json.WriteEndArray();
    }

    /// <summary>A document with nothing but its operation and an array of prefixes.</summary>
    public static void WriteDocument(CommandRun run, string operation, IEnumerable<IpPrefix> prefixes) => run.WriteJson(SubnetCommand.Schema, json =>
    {
        json.WriteString("operation", operation);
        WriteArray(json, "prefixes", prefixes);
    });

    /// <summary>One prefix a line, for people and for the next command of a pipe.</summary>
    public static void WriteLines(CommandRun run, IEnumerable<IpPrefix> prefixes)
    {
        foreach (var prefix in prefixes) run.Output.WriteLine(prefix.ToString());
    }

    /// <summary>Prefix, hosts from and to, and how many, as a row.</summary>
    public static IReadOnlyList<string> Row(IpPrefix prefix)
    {
        var hosts = IpHosts.Of(prefix);
        return [prefix.ToString(), hosts.First.ToString(), hosts.Last.ToString(), NumberText.Of(hosts.Count)];
    }
}
