namespace Fathom.Wire.Internet;

/// <summary>A prefix in a tree of prefixes (<see cref="IpPrefixes.Tree"/>).</summary>
public sealed class IpPrefixNode
{
    private readonly List<IpPrefixNode> _children = [];

    internal IpPrefixNode(IpPrefix prefix) => Prefix = prefix;

    /// <summary>The prefix that the node stands for.</summary>
    public IpPrefix Prefix { get; }

    /// <summary>The prefixes directly within it, in order.</summary>
    public IReadOnlyList<IpPrefixNode> Children => _children;

    /// <summary>What of it no child takes, as the fewest prefixes; empty where there are no children to take anything.</summary>
    public IReadOnlyList<IpPrefix> Free => _children.Count == 0 ? [] : IpPrefixes.Exclude(Prefix, _children.Select(static c => c.Prefix));

    internal void Add(IpPrefixNode child) => _children.Add(child);
}
