namespace Fathom.Wire.Application.Urls;

/// <summary>The rules for one label that UTS #46 and IDNA2008 share: joiners and right-to-left text.</summary>
internal static class LabelRules
{
    private const char NonJoiner = '\u200C', Joiner = '\u200D';

    /// <summary>Every zero-width joiner stands where it may (RFC 5892 appendix A.1 and A.2).</summary>
    public static bool JoinersFit(ReadOnlySpan<int> label)
    {
        for (var i = 0; i < label.Length; i++)
        {
            if (label[i] is not (NonJoiner or Joiner)) continue;
            if (i > 0 && UnicodeTable.Instance[label[i - 1]].IsVirama) continue;
            if (label[i] == Joiner || !JoinsBefore(label[..i]) || !JoinsAfter(label[(i + 1)..])) return false;
        }

        return true;
    }

    /// <summary>The label makes its name one of right-to-left text (RFC 5893 §1.4).</summary>
    public static bool HasRightToLeft(ReadOnlySpan<int> label)
    {
        foreach (var point in label)
        {
            if (UnicodeTable.Instance[point].Bidi is BidiClass.RightToLeft or BidiClass.ArabicLetter or BidiClass.ArabicNumber) return true;
        }

        return false;
    }

    /// <summary>The Bidi rule, RFC 5893 §2. The numbers are its own.</summary>
    public static bool ObeysBidiRule(ReadOnlySpan<int> label)
    {
        if (label.IsEmpty) return true;
        var table = UnicodeTable.Instance;
        var first = table[label[0]].Bidi;
        if (first is not (BidiClass.LeftToRight or BidiClass.RightToLeft or BidiClass.ArabicLetter)) return false; // 1
        var isRightToLeft = first != BidiClass.LeftToRight;
        var (european, arabic) = (false, false);
        var last = first;
        foreach (var point in label)
        {
            var bidi = table[point].Bidi;
            if (bidi >= BidiClass.ParagraphSeparator) return false; // 2, 5
            if (isRightToLeft && bidi == BidiClass.LeftToRight) return false; // 2
            if (!isRightToLeft && bidi is BidiClass.RightToLeft or BidiClass.ArabicLetter or BidiClass.ArabicNumber) return false; // 5
            european |= bidi == BidiClass.EuropeanNumber;
            arabic |= bidi == BidiClass.ArabicNumber;
            if (bidi != BidiClass.NonspacingMark) last = bidi;
        }

        if (!isRightToLeft) return last is BidiClass.LeftToRight or BidiClass.EuropeanNumber; // 6
        if (european && arabic) return false; // 4
        return last is BidiClass.RightToLeft or BidiClass.ArabicLetter or BidiClass.EuropeanNumber or BidiClass.ArabicNumber; // 3
    }

    private static bool JoinsBefore(ReadOnlySpan<int> before)
    {
        for (var i = before.Length - 1; i >= 0; i--)
        {
            var type = UnicodeTable.Instance[before[i]].Joining;
            if (type != JoiningType.Transparent) return type is JoiningType.Left or JoiningType.Dual;
        }

        return false;
    }

    private static bool JoinsAfter(ReadOnlySpan<int> after)
    {
        foreach (var point in after)
        {
            var type = UnicodeTable.Instance[point].Joining;
            if (type != JoiningType.Transparent) return type is JoiningType.Right or JoiningType.Dual;
        }

        return false;
    }
}
