using System.Text;

namespace Fathom.Wire.Application.Urls;

/// <summary>
/// The strict reading of host names: RFC 952 and RFC 1123 for ASCII, IDNA2008 (RFC 5890 to 5893) for the rest. Unlike <see cref="Idna"/>, which
/// maps what people type, it answers whether a name is right as it stands. One trailing dot is not accepted: it is no part of a host name.
/// </summary>
public static class HostNameSyntax
{
    private const string Prefix = "xn--";

    // RFC 5891 §4.4 leaves to the input method which other full stops end a label; these are UTS #46's.
    private const string FullStops = ".\u3002\uFF0E\uFF61";

    /// <summary>The text is a host name in ASCII: labels of 1 to 63 letters, digits and inner hyphens; each "xn--" label an A-label (RFC 5890 §2.3.2.1).</summary>
    /// <param name="text">The text.</param>
    /// <param name="error">The first error, or the default.</param>
    public static bool IsHostName(string text, out IdnaError error)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!Ascii.IsValid(text))
        {
            error = new IdnaError(IdnaErrorKind.DisallowedCodePoint, text, text.EnumerateRunes().First(static r => !r.IsAscii).Value);
            return false;
        }

        return IsName(text.Split('.'), out error);
    }

    /// <summary>The text is a host name whose labels may be U-labels (RFC 5890 §2.3.2.1).</summary>
    /// <param name="text">The text.</param>
    /// <param name="error">The first error, or the default.</param>
    public static bool IsInternationalHostName(string text, out IdnaError error)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsName(text.Split(FullStops.ToCharArray()), out error);
    }

    private static bool IsName(string[] labels, out IdnaError error)
    {
        error = default;
        var (length, isBidi) = (labels.Length - 1, false);
        for (var i = 0; i < labels.Length; i++)
        {
            error = CheckLabel(ref labels[i], out var octets);
            if (error.IsError) return false;
            length += octets;
            isBidi |= LabelRules.HasRightToLeft(Idna.Points(labels[i]));
        }

        if (length > 253) error = new IdnaError(IdnaErrorKind.NameTooLong, "");
        // One right-to-left label makes all labels obey the rule (RFC 5893 §2).
        else if (isBidi && labels.FirstOrDefault(static l => !LabelRules.ObeysBidiRule(Idna.Points(l))) is { } label) error = new IdnaError(IdnaErrorKind.Bidi, label);
        return !error.IsError;
    }

    // Replaces an A-label by its U-label.
    private static IdnaError CheckLabel(ref string label, out int octets)
    {
        octets = label.Length;
        if (label.Length == 0) return new IdnaError(IdnaErrorKind.EmptyLabel, "");
        if (Ascii.IsValid(label))
        {
            if (octets > 63) return new IdnaError(IdnaErrorKind.LabelTooLong, label);
            foreach (var c in label)
            {
                if (!char.IsAsciiLetterOrDigit(c) && c != '-') return new IdnaError(IdnaErrorKind.DisallowedCodePoint, label, c);
            }

            if (label[0] == '-' || (label[^1] == '-' && !label.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))) return new IdnaError(IdnaErrorKind.Hyphens, label);
            if (!label.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) return label.Length > 3 && label[2] == '-' && label[3] == '-' ? new IdnaError(IdnaErrorKind.Hyphens, label) : default;
            // An A-label is what its U-label encodes to, and nothing else (RFC 5890 §2.3.2.1).
            if (!Punycode.TryDecode(label.AsSpan(Prefix.Length), out var decoded) || Ascii.IsValid(decoded)
                || !Punycode.TryEncode(decoded, out var again) || !again.AsSpan().Equals(label.AsSpan(Prefix.Length), StringComparison.OrdinalIgnoreCase))
            {
                return new IdnaError(IdnaErrorKind.InvalidPunycode, label);
            }

            label = decoded;
        }
        else
        {
            if (!Punycode.TryEncode(label, out var encoded) || encoded.Length + Prefix.Length > 63) return new IdnaError(IdnaErrorKind.LabelTooLong, label);
            octets = encoded.Length + Prefix.Length;
        }

        return CheckUnicodeLabel(label);
    }

    // RFC 5891 §4.2.3 and §5.4.
    private static IdnaError CheckUnicodeLabel(string label)
    {
        if (CanonicalComposition.Normalize(label) != label) return new IdnaError(IdnaErrorKind.NotNormalized, label);
        if (label[0] == '-' || label[^1] == '-' || (label.Length > 3 && label[2] == '-' && label[3] == '-')) return new IdnaError(IdnaErrorKind.Hyphens, label);
        var points = Idna.Points(label);
        if (UnicodeTable.Instance[points[0]].IsMark) return new IdnaError(IdnaErrorKind.LeadingMark, label);
        for (var i = 0; i < points.Length; i++)
        {
            switch (UnicodeTable.Instance[points[i]].Derived)
            {
                case DerivedProperty.Disallowed:
                    return new IdnaError(IdnaErrorKind.DisallowedCodePoint, label, points[i]);
                case DerivedProperty.ContextOther when !IsInContext(points, i):
                    return new IdnaError(IdnaErrorKind.Context, label, points[i]);
            }
        }

        return LabelRules.JoinersFit(points) ? default : new IdnaError(IdnaErrorKind.Joiner, label);
    }

    // RFC 5892 appendix A.3 to A.9.
    private static bool IsInContext(ReadOnlySpan<int> label, int at)
    {
        var before = at > 0 ? label[at - 1] : 0;
        var after = at + 1 < label.Length ? label[at + 1] : 0;
        return label[at] switch
        {
            0xB7 => before == 'l' && after == 'l', // middle dot, as Catalan writes it
            0x375 => IsOf(after, "Greek"), // keraia
            0x5F3 or 0x5F4 => IsOf(before, "Hebrew"), // geresh, gershayim
            0x30FB => HasJapanese(label), // katakana middle dot
            >= 0x660 and <= 0x669 => !label.ContainsAnyInRange(0x6F0, 0x6F9), // digits of one kind only
            _ => !label.ContainsAnyInRange(0x660, 0x669),
        };
    }

    private static bool HasJapanese(ReadOnlySpan<int> label)
    {
        foreach (var point in label)
        {
            if (IsOf(point, "Hiragana") || IsOf(point, "Katakana") || IsOf(point, "Han")) return true;
        }

        return false;
    }

    private static bool IsOf(int point, string script) => UnicodeTable.Instance.ScriptNames[UnicodeTable.Instance[point].Script] == script;
}
