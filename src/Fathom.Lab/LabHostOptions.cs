using Fathom.Hosts.Application;
using Fathom.Stack;

namespace Fathom.Lab;

/// <summary>What a host of the lab is to be.</summary>
/// <param name="Name">Its name.</param>
public sealed record LabHostOptions(string Name)
{
    /// <summary>How its stack behaves; null: as usual.</summary>
    public StackOptions? Stack { get; init; }

    /// <summary>How it resolves names; null: as DHCP and routers tell it to.</summary>
    public ResolverConfiguration? Resolver { get; init; }

    /// <summary>The certificates that it trusts; null: none.</summary>
    public TrustAnchors? TrustAnchors { get; init; }
}
