namespace Fathom.EndToEnd.Worlds;

/// <summary>The nodes of a world, each a network namespace. See <see cref="Topology"/> for how they are joined.</summary>
internal static class Node
{
    public const string Client = "c";

    /// <summary>A host on the client's link: alive, and no router.</summary>
    public const string Neighbor = "n";

    /// <summary>The switch of the client's link.</summary>
    public const string Switch = "w";

    /// <summary>The client's gateway.</summary>
    public const string Gateway = "r1";

    /// <summary>The router before the servers.</summary>
    public const string FarRouter = "r2";

    /// <summary>The provider's nameservers, behind the gateway.</summary>
    public const string Nameserver = "d";

    /// <summary>The servers, behind the far router.</summary>
    public const string Server = "s";

    public static IReadOnlyList<string> All { get; } = [Client, Neighbor, Switch, Gateway, FarRouter, Nameserver, Server];
}
