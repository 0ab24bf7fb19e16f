namespace Fathom.Wire.Application;

/// <summary>The part of a name below which anyone may register, and the rule that says so.</summary>
/// <param name="Suffix">The public suffix, in lower case: "co.uk".</param>
/// <param name="Rule">The rule: "*.ck", "!www.ck"; "*" for a name that no rule is for.</param>
/// <param name="IsPrivate">The rule stands in the section for private domains ("github.io"): the owner of the domain lets others have names below it.</param>
/// <param name="RegistrableDomain">The suffix and one label: the site; null when the name is the suffix itself.</param>
public sealed record PublicSuffix(string Suffix, string Rule, bool IsPrivate, string? RegistrableDomain);
