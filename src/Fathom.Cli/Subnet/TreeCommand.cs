using System.CommandLine;
using System.Text.Json;
using Fathom.Cli.Commands;
using Fathom.Cli.Input;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Subnet;

/// <summary><c>fathom subnet tree</c>: networks under those that contain them.</summary>
internal static class TreeCommand
{
    // 128 levels are possible; a path of more is a defect.
    private const int MostDepth = 130;

    public static Command Create()
    {
        var prefixes = new Argument<string[]>("PREFIX") { Description = "Prefixes; or - for a list on standard input.", Arity = ArgumentArity.OneOrMore };
        var free = new Option<bool>("--free") { Description = "Show what is not taken within each network that others divide." };
        var (output, explain) = (CommandOptions.Output(), CommandOptions.Explain());
        var command = new Command("tree", "Show networks under those that contain them, and what is free between.") { prefixes, free, output, explain };
        command.SetAction((parsed, cancellation) =>
        {
            var run = CommandRun.From(parsed, output, explain);
            if (PrefixInput.ReadAll(parsed.GetValue(prefixes)!, out var problem, cancellation) is not { } all) return Task.FromResult(run.Refuse(problem));
            var roots = IpPrefixes.Tree(all);
            var showFree = parsed.GetValue(free);
            if (run.IsText)
            {
                foreach (var root in roots) WriteText(run.Output, root, string.Empty, string.Empty, showFree, 0);
                run.WriteAside("A packet is routed by the most specific network that contains its destination: the one deepest in this tree. So a route for a part may differ from that of the whole.");
            }
            else
            {
                run.WriteJson(SubnetCommand.Schema, json =>
                {
                    json.WriteString("operation", "tree");
                    WriteNodes(json, "roots", roots, showFree, 0);
                });
            }

            return Task.FromResult(ExitStatus.Good);
        });
        return command;
    }

    private static void WriteText(TextWriter output, IpPrefixNode node, string lead, string below, bool free, int depth)
    {
        output.WriteLine(lead + node.Prefix);
        if (depth == MostDepth) return;
        var lines = node.Children.Select(static c => (c.Prefix, Node: (IpPrefixNode?)c))
            .Concat(free ? node.Free.Select(static p => (Prefix: p, Node: (IpPrefixNode?)null)) : [])
            .OrderBy(static l => l.Prefix).ToArray();
        for (var i = 0; i < lines.Length; i++)
        {
            var isLast = i == lines.Length - 1;
            var (branch, next) = (below + (isLast ? "└─ " : "├─ "), below + (isLast ? "   " : "│  "));
            if (lines[i].Node is { } child) WriteText(output, child, branch, next, free, depth + 1);
            else output.WriteLine($"{branch}{lines[i].Prefix} free");
        }
    }

    private static void WriteNodes(Utf8JsonWriter json, string name, IReadOnlyList<IpPrefixNode> nodes, bool free, int depth)
    {
        json.WriteStartArray(name);
        foreach (var node in nodes)
        {
            json.WriteStartObject();
            json.WriteString("prefix", node.Prefix.ToString());
            if (node.Children.Count > 0 && depth < MostDepth) WriteNodes(json, "children", node.Children, free, depth + 1);
            if (free && node.Children.Count > 0) PrefixOutput.WriteArray(json, "free", node.Free);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
