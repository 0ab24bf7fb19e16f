using Fathom.EndToEnd.Cases.Application;
using Fathom.EndToEnd.Cases.Internet;
using Fathom.EndToEnd.Cases.Link;
using Fathom.EndToEnd.Cases.Transport;

namespace Fathom.EndToEnd.Cases;

/// <summary>All cases, in the groups that run beside each other, each group in a world of its own.</summary>
internal static class CaseGroup
{
    public static IReadOnlyList<FaultCase> NearSide { get; } = [.. LinkCases.All, .. NearSideCases.All, .. OwnRuleCases.All];

    public static IReadOnlyList<FaultCase> Path { get; } = PathCases.All;

    public static IReadOnlyList<FaultCase> Transport { get; } = [.. TransportCases.All, .. ControlCases.All];

    public static IReadOnlyList<FaultCase> NamesAndTls { get; } = [.. NameCases.All, .. TlsCases.All];

    public static IReadOnlyList<FaultCase> Delegations { get; } = DelegationCases.All;

    public static IReadOnlyList<FaultCase> Portals { get; } = PortalCases.All;

    public static IReadOnlyList<FaultCase> Web { get; } = WebCases.All;

    public static IReadOnlyList<FaultCase> Hard { get; } = HardCases.All;

    public static IReadOnlyList<FaultCase> All { get; } = [.. NearSide, .. Path, .. Transport, .. NamesAndTls, .. Delegations, .. Portals, .. Web, .. Hard];

    public static FaultCase Find(string name) => All.Single(row => row.Name == name);
}
