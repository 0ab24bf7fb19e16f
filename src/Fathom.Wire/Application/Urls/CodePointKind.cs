namespace Fathom.Wire.Application.Urls;

/// <summary>What is known of a code point.</summary>
/// <param name="Status">Its status in UTS #46.</param>
/// <param name="CombiningClass">Canonical_Combining_Class, 0 to 254.</param>
/// <param name="IsMark">General_Category is Mark.</param>
/// <param name="Bidi">Bidi_Class.</param>
/// <param name="Joining">Joining_Type.</param>
/// <param name="Script">An index into <see cref="UnicodeTable.ScriptNames"/>.</param>
/// <param name="Derived">The derived property of IDNA2008.</param>
internal readonly record struct CodePointKind(
    IdnaStatus Status, byte CombiningClass, bool IsMark, BidiClass Bidi, JoiningType Joining, byte Script, DerivedProperty Derived)
{
    /// <summary>The class of viramas, after which a joiner is at home (RFC 5892 appendix A).</summary>
    public bool IsVirama => CombiningClass == 9;
}
