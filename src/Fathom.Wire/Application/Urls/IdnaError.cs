namespace Fathom.Wire.Application.Urls;

/// <summary>Why a name is not a domain name by UTS #46 or IDNA2008. The default value is no error.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Label">The label in which it is, decoded where it was Punycode.</param>
/// <param name="CodePoint">The code point that is refused, or -1.</param>
public readonly record struct IdnaError(IdnaErrorKind Kind, string Label, int CodePoint = -1)
{
    /// <summary>There is an error.</summary>
    public bool IsError => Kind != IdnaErrorKind.None;

    /// <summary>A sentence without its full stop.</summary>
    public override string ToString()
    {
        var label = TextSanitizer.Escape(Label);
        return Kind switch
        {
            IdnaErrorKind.None => "no error",
            IdnaErrorKind.DisallowedCodePoint => $"U+{CodePoint:X4} is not allowed in a domain name",
            IdnaErrorKind.InvalidPunycode => $"\"{label}\" is not valid Punycode",
            IdnaErrorKind.NotNormalized => $"\"{label}\" decodes to text that is not in normalization form C",
            IdnaErrorKind.Hyphens => $"\"{label}\" has a hyphen at its begin or end, or at its third and fourth place",
            IdnaErrorKind.LeadingMark => $"\"{label}\" begins with a combining mark",
            IdnaErrorKind.Joiner => $"\"{label}\" has a zero-width joiner where no script needs it",
            IdnaErrorKind.Context => $"\"{label}\" has U+{CodePoint:X4} outside the context that it needs",
            IdnaErrorKind.Bidi => $"\"{label}\" breaks the rule for right-to-left names (RFC 5893)",
            IdnaErrorKind.EmptyLabel => "a label is empty",
            IdnaErrorKind.LabelTooLong => $"\"{(label.Length > 24 ? label[..20] + "..." : label)}\" is longer than a label may be",
            _ => "the name is longer than 253 octets",
        };
    }
}
