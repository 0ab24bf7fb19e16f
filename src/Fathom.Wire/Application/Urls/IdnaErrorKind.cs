namespace Fathom.Wire.Application.Urls;

/// <summary>What is wrong with an internationalized name.</summary>
public enum IdnaErrorKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A code point that no name may have.</summary>
    DisallowedCodePoint,

    /// <summary>"xn--" and what follows is not Punycode, or is Punycode of ASCII alone.</summary>
    InvalidPunycode,

    /// <summary>A decoded label is not in Normalization Form C.</summary>
    NotNormalized,

    /// <summary>A hyphen where none may be.</summary>
    Hyphens,

    /// <summary>A label begins with a combining mark.</summary>
    LeadingMark,

    /// <summary>A zero-width joiner or non-joiner outside its context.</summary>
    Joiner,

    /// <summary>A code point outside the context that RFC 5892 appendix A demands.</summary>
    Context,

    /// <summary>A label breaks RFC 5893 §2.</summary>
    Bidi,

    /// <summary>A label is empty.</summary>
    EmptyLabel,

    /// <summary>A label is too long: for the DNS, or for Punycode to be computed.</summary>
    LabelTooLong,

    /// <summary>The name is too long for the DNS.</summary>
    NameTooLong,
}
