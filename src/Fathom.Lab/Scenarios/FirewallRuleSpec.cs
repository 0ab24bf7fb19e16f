using Fathom.Lab.Internet;

namespace Fathom.Lab.Scenarios;

/// <summary>A rule of a scenario's firewall: its interfaces are names yet.</summary>
/// <param name="Rule">The rule, without interfaces.</param>
/// <param name="In">The interface where it comes in; null: any.</param>
/// <param name="Out">The interface where it goes out; null: any.</param>
/// <param name="At">Where it stands in the file.</param>
public sealed record FirewallRuleSpec(FirewallRule Rule, string? In, string? Out, ScenarioPlace At);
