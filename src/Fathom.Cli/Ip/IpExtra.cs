namespace Fathom.Cli.Ip;

/// <summary>An answer to one of <c>ip</c>'s options.</summary>
/// <param name="Label">The row's label.</param>
/// <param name="Member">The JSON member.</param>
/// <param name="Value">The value.</param>
/// <param name="Text">The value with words around it.</param>
/// <param name="IsNo">The question was answered with no.</param>
internal sealed record IpExtra(string Label, string Member, string Value, string Text, bool IsNo = false);
