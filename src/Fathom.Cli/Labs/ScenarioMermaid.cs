using System.Text;
using Fathom.Lab.Scenarios;

namespace Fathom.Cli.Labs;

/// <summary>A scenario as a Mermaid flowchart. Names have letters, digits, hyphens and dots only, by the scenario's own rules.</summary>
internal static class ScenarioMermaid
{
    public static string Draw(Scenario scenario)
    {
        var text = new StringBuilder("flowchart LR\n");
        foreach (var network in scenario.Networks) text.Append("  net_").Append(Id(network.Name)).Append("((\"").Append(Quoted(network.Name)).Append("\"))\n");
        foreach (var host in scenario.Hosts)
        {
            text.Append("  ").Append(Id(host.Name)).Append(host.Forwards ? "{{\"" : "[\"").Append(Quoted(host.Name)).Append(host.Forwards ? "\"}}\n" : "\"]\n");
            foreach (var port in host.Interfaces)
            {
                if (port.Network is not { } network) continue;
                text.Append("  ").Append(Id(host.Name)).Append(" ---|\"").Append(string.Join("<br>", port.Addresses.Select(static a => a.Address.ToString()))).Append("\"| net_").Append(Id(network)).Append('\n');
            }
        }

        foreach (var link in scenario.Links)
        {
            text.Append("  ").Append(Id(HostOf(link.Left))).Append(" ---|\"").Append(LinkText.Of(link)).Append("\"| ").Append(Id(HostOf(link.Right))).Append('\n');
        }

        return text.ToString();
    }

    private static string HostOf(string end) => end[..end.LastIndexOf('.')];

    private static string Id(string name) => name.Replace('-', '_').Replace('.', '_');

    private static string Quoted(string name) => name.Replace("\"", "#quot;", StringComparison.Ordinal);
}
