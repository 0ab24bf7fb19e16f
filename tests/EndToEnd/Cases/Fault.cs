using Fathom.EndToEnd.Worlds;

namespace Fathom.EndToEnd.Cases;

/// <summary>What is done to a running world, and how it is undone. What belongs to the client's interface
/// needs no undoing: a case begins with its repair.</summary>
internal sealed record Fault(IReadOnlyList<Step> Apply, IReadOnlyList<Step> Undo)
{
    public static Fault None { get; } = new([], []);

    /// <summary>Something done to the client only.</summary>
    public static Fault OnClient(params string[] commands) =>
        new([.. commands.Select(command => new Step(Node.Client, command))], []);

    /// <summary>One command on another node, and its opposite.</summary>
    public static Fault On(string node, string command, string opposite) =>
        new([new Step(node, command)], [new Step(node, opposite)]);

    /// <summary>nftables rules on a hook (input, forward, output) of a node.</summary>
    public static Fault Firewall(string node, string hook, params string[] rules)
    {
        var table = $"fault_{hook}";
        string[] lines =
        [
            $"add table inet {table}",
            $"add chain inet {table} rules {{ type filter hook {hook} priority 0; }}",
            .. rules.Select(rule => $"add rule inet {table} rules {rule}"),
        ];
        return On(node, $"nft '{string.Join("; ", lines)}'", $"nft delete table inet {table}");
    }

    public Fault And(Fault other) => new([.. Apply, .. other.Apply], [.. other.Undo, .. Undo]);
}
