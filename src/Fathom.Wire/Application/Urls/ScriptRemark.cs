namespace Fathom.Wire.Application.Urls;

/// <summary>Why a label could be taken for another one.</summary>
/// <param name="Label">The label, as people read it.</param>
/// <param name="Scripts">The scripts of its letters, in the order in which they appear.</param>
/// <param name="LooksLatin">Every letter looks like a Latin one; otherwise scripts are mixed that no language mixes.</param>
public sealed record ScriptRemark(string Label, IReadOnlyList<string> Scripts, bool LooksLatin)
{
    /// <summary>A sentence without its full stop.</summary>
    public override string ToString() => LooksLatin
        ? $"every letter of \"{TextSanitizer.Escape(Label)}\" is {Scripts[0]} and looks like a Latin one"
        : $"\"{TextSanitizer.Escape(Label)}\" mixes the scripts {string.Join(", ", Scripts)}";
}
