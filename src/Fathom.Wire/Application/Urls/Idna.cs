using System.Text;

namespace Fathom.Wire.Application.Urls;

/// <summary>
/// Internationalized domain names by UTS #46, as browsers read them: upper case, full-width letters and the like are
/// mapped first, then each label is checked and written in Punycode. It needs neither ICU nor the operating system.
/// </summary>
public static class Idna
{
    private const string Prefix = "xn--";

    /// <summary>The version of Unicode whose tables are used, "17.0".</summary>
    public static string UnicodeVersion => UnicodeTable.Instance.Version;

    /// <summary>The name as the DNS and URLs carry it (UTS #46 §4.2, ToASCII): "Bücher.example" becomes "xn--bcher-kva.example".</summary>
    /// <param name="name">The name. Lone surrogates count as U+FFFD, which no name may have.</param>
    /// <param name="options">What is checked; <see cref="IdnaOptions.Url"/> as a URL does.</param>
    /// <param name="ascii">The name in ASCII, or empty when refused. It may be empty without an error where <see cref="IdnaOptions.VerifyDnsLength"/> is not set.</param>
    /// <param name="error">The first error, or the default.</param>
    public static bool TryToAscii(ReadOnlySpan<char> name, IdnaOptions options, out string ascii, out IdnaError error)
    {
        ascii = "";
        var labels = Process(name, options, out error);
        if (error.IsError) return false;
        var output = new StringBuilder(name.Length + 8);
        for (var i = 0; i < labels.Length; i++)
        {
            if (i > 0) output.Append('.');
            var length = output.Length;
            if (Ascii.IsValid(labels[i]))
            {
                output.Append(labels[i]);
            }
            else if (Punycode.TryEncode(labels[i], out var encoded))
            {
                output.Append(Prefix).Append(encoded);
            }
            else
            {
                error = new IdnaError(IdnaErrorKind.LabelTooLong, labels[i]);
                return false;
            }

            if (!options.HasFlag(IdnaOptions.VerifyDnsLength)) continue;
            length = output.Length - length;
            if (length > 63) error = new IdnaError(IdnaErrorKind.LabelTooLong, labels[i]);
            // The root's label is empty, and may be written.
            else if (length == 0 && (i == 0 || i < labels.Length - 1)) error = new IdnaError(IdnaErrorKind.EmptyLabel, "");
            if (error.IsError) return false;
        }

        var total = output.Length - (labels[^1].Length == 0 ? 1 : 0);
        if (options.HasFlag(IdnaOptions.VerifyDnsLength) && total > 253) error = new IdnaError(IdnaErrorKind.NameTooLong, "");
        if (error.IsError) return false;
        ascii = output.ToString();
        return true;
    }

    /// <summary>The name as people read it (UTS #46 §4.3, ToUnicode).</summary>
    /// <param name="name">The name, in ASCII or not.</param>
    /// <param name="options">What is checked; <see cref="IdnaOptions.VerifyDnsLength"/> has no meaning here.</param>
    /// <param name="error">The first error, or the default.</param>
    /// <returns>The name; with an error, what it was given: a name that breaks the rules is not shown as something else.</returns>
    public static string ToUnicode(string name, IdnaOptions options, out IdnaError error)
    {
        ArgumentNullException.ThrowIfNull(name);
        var labels = Process(name, options, out error);
        return error.IsError ? name : string.Join('.', labels);
    }

    // UTS #46 §4: map, normalize, break, convert and validate.
    private static string[] Process(ReadOnlySpan<char> name, IdnaOptions options, out IdnaError error)
    {
        error = default;
        var labels = CanonicalComposition.Normalize(Map(name)).Split('.');
        var isBidi = false;
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i].StartsWith(Prefix, StringComparison.Ordinal))
            {
                // "Contains any non-ASCII code point" is refused by the decoder, and so is Punycode of nothing but ASCII here.
                if (!Punycode.TryDecode(labels[i].AsSpan(Prefix.Length), out var decoded) || Ascii.IsValid(decoded) || !Ascii.IsValid(labels[i]))
                {
                    error = new IdnaError(IdnaErrorKind.InvalidPunycode, labels[i]);
                    return labels;
                }

                labels[i] = decoded;
                if (CanonicalComposition.Normalize(decoded) != decoded) error = new IdnaError(IdnaErrorKind.NotNormalized, decoded);
            }

            if (!error.IsError) error = Check(labels[i], options);
            if (error.IsError) return labels;
            isBidi |= !Ascii.IsValid(labels[i]) && LabelRules.HasRightToLeft(Points(labels[i]));
        }

        if (!isBidi || !options.HasFlag(IdnaOptions.CheckBidi)) return labels;
        foreach (var label in labels)
        {
            if (LabelRules.ObeysBidiRule(Points(label))) continue;
            error = new IdnaError(IdnaErrorKind.Bidi, label);
            break;
        }

        return labels;
    }

    private static string Map(ReadOnlySpan<char> name)
    {
        var output = new StringBuilder(name.Length + 8);
        foreach (var rune in name.EnumerateRunes())
        {
            if (rune.IsAscii)
            {
                output.Append(char.ToLowerInvariant((char)rune.Value));
                continue;
            }

            switch (UnicodeTable.Instance[rune.Value].Status)
            {
                case IdnaStatus.Ignored:
                    break;
                case IdnaStatus.Mapped:
                    output.Append(UnicodeTable.Instance.Mapping(rune.Value));
                    break;
                default:
                    output.Append(rune.ToString());
                    break;
            }
        }

        return output.ToString();
    }

    // UTS #46 §4.1, the validity criteria.
    private static IdnaError Check(string label, IdnaOptions options)
    {
        if (label.Length == 0) return default;
        if (options.HasFlag(IdnaOptions.CheckHyphens))
        {
            if (label[0] == '-' || label[^1] == '-' || (label.Length > 3 && label[2] == '-' && label[3] == '-')) return new IdnaError(IdnaErrorKind.Hyphens, label);
        }
        else if (label.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return new IdnaError(IdnaErrorKind.InvalidPunycode, label);
        }

        var points = Points(label);
        if (points[0] > 0x7F && UnicodeTable.Instance[points[0]].IsMark) return new IdnaError(IdnaErrorKind.LeadingMark, label);
        foreach (var point in points)
        {
            var isAllowed = point > 0x7F
                ? UnicodeTable.Instance[point].Status == IdnaStatus.Valid
                : point != '.' && point is not (>= 'A' and <= 'Z')
                    && (!options.HasFlag(IdnaOptions.UseStd3AsciiRules) || point == '-' || char.IsAsciiLetterOrDigit((char)point));
            if (!isAllowed) return new IdnaError(IdnaErrorKind.DisallowedCodePoint, label, point);
        }

        return options.HasFlag(IdnaOptions.CheckJoiners) && !LabelRules.JoinersFit(points) ? new IdnaError(IdnaErrorKind.Joiner, label) : default;
    }

    /// <summary>The code points of a text.</summary>
    internal static int[] Points(string text)
    {
        var points = new int[text.Length];
        var count = 0;
        foreach (var rune in text.EnumerateRunes()) points[count++] = rune.Value;
        return points[..count];
    }
}
