using Fathom.Hosts.Application;

namespace Fathom.Hosts.Stack;

/// <summary>What a <see cref="StackHost"/> is given, since no stack knows it.</summary>
/// <param name="Name">The host's name, for people.</param>
public sealed record StackHostOptions(string Name)
{
    /// <summary>How it resolves names; null: as DHCP and routers tell it to.</summary>
    public ResolverConfiguration? Resolver { get; init; }

    /// <summary>The certificates that it trusts; null: none are known, and it says so.</summary>
    public TrustAnchors? TrustAnchors { get; init; }
}
