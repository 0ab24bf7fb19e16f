namespace Fathom.Wire.Application.Urls;

/// <summary>What UTS #46 §4 checks beside the characters. Processing is never transitional, and invalid Punycode is never ignored.</summary>
[Flags]
public enum IdnaOptions
{
    /// <summary>Nothing more.</summary>
    None = 0,

    /// <summary>No hyphen at a label's begin, end, or at its third and fourth place together.</summary>
    CheckHyphens = 1,

    /// <summary>Labels with right-to-left text obey RFC 5893.</summary>
    CheckBidi = 2,

    /// <summary>Zero-width joiners stand only where a script needs them (RFC 5892 appendix A.1 and A.2).</summary>
    CheckJoiners = 4,

    /// <summary>Of ASCII only letters, digits and hyphens.</summary>
    UseStd3AsciiRules = 8,

    /// <summary>Labels of 1 to 63 octets, names of 1 to 253 without the root's dot.</summary>
    VerifyDnsLength = 16,

    /// <summary>What the URL Standard's host parser uses.</summary>
    Url = CheckBidi | CheckJoiners,

    /// <summary>All: what the URL Standard calls strict.</summary>
    Strict = CheckHyphens | CheckBidi | CheckJoiners | UseStd3AsciiRules | VerifyDnsLength,
}
