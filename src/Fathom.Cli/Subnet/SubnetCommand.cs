using System.CommandLine;

namespace Fathom.Cli.Subnet;

/// <summary><c>fathom subnet</c>: arithmetic on prefixes, IPv4 and IPv6.</summary>
internal static class SubnetCommand
{
    /// <summary>The schema of all its documents.</summary>
    public const string Schema = "fathom.subnet/1";

    public static Command Create() => new("subnet", "Split, plan, merge and compare networks, IPv4 and IPv6.")
    {
        SplitCommand.Create(), PlanCommand.Create(), MergeCommand.Create(), RangeCommand.Create(),
        ExcludeCommand.Create(), ContainsCommand.Create(), TreeCommand.Create(), LookupCommand.Create(),
    };
}
