namespace Fathom.Wire.Application.Urls;

/// <summary>
/// Two simple checks of a name in Unicode: scripts mixed within a label, and a label of Cyrillic or Greek letters that all look Latin. Silence does not mean that a name is
/// what it seems: likeness to a known name, to digits, and within one script is not looked at.
/// </summary>
public static class ScriptReview
{
    /// <summary>What is checked and what is not, for display beside a result.</summary>
    public const string Scope = "checked: scripts mixed within a label, Cyrillic and Greek letters that look Latin; not checked: likeness to other names";

    // Letters that look like a, c, e … in most fonts (from the shapes in the code charts; U+0430 is Cyrillic a, U+03BF Greek omicron).
    private const string LookLatin = "\u0430\u0441\u0501\u0435\u04BB\u0456\u0458\u04CF\u043E\u0440\u0455\u0475\u051D\u0445\u0443\u051B\u03BF\u03BD\u03B1\u03B9\u03F2\u03F3";

    // UTS #39 §5.2, "Highly Restrictive": what Chinese, Japanese and Korean write together, and Latin with it.
    private static readonly string[][] WrittenTogether =
    [
        ["Latin", "Han", "Hiragana", "Katakana"],
        ["Latin", "Han", "Bopomofo"],
        ["Latin", "Han", "Hangul"],
    ];

    /// <summary>Looks at a name.</summary>
    /// <param name="name">The name in Unicode.</param>
    public static IReadOnlyList<ScriptRemark> Review(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (System.Text.Ascii.IsValid(name)) return [];
        var remarks = new List<ScriptRemark>();
        foreach (var label in name.Split('.'))
        {
            var scripts = Scripts(label);
            if (scripts.Count == 1 && scripts[0] is ("Cyrillic" or "Greek") && label.Where(char.IsLetter).All(static c => LookLatin.Contains(c, StringComparison.Ordinal)))
                remarks.Add(new ScriptRemark(label, scripts, true));
            else if (scripts.Count > 1 && !Array.Exists(WrittenTogether, set => scripts.All(set.Contains)))
                remarks.Add(new ScriptRemark(label, scripts, false));
        }

        return remarks;
    }

    private static List<string> Scripts(string label)
    {
        var scripts = new List<string>();
        foreach (var point in Idna.Points(label))
        {
            var script = UnicodeTable.Instance.ScriptNames[UnicodeTable.Instance[point].Script];
            // Digits, hyphens and marks belong to all scripts.
            if (script is not ("Common" or "Inherited" or "Unknown") && !scripts.Contains(script)) scripts.Add(script);
        }

        return scripts;
    }
}
