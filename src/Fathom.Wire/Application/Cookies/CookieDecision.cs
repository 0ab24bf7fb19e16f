namespace Fathom.Wire.Application.Cookies;

/// <summary>What a jar did with one Set-Cookie field, and by which rule.</summary>
/// <param name="Kind">What.</param>
/// <param name="Rule">The clause that decided: "RFC 6265bis §5.7 step 10".</param>
/// <param name="Detail">A phrase for a person; text of the peer in it is escaped.</param>
public sealed record CookieDecision(CookieDecisionKind Kind, string Rule, string Detail)
{
    /// <summary>The field as it was read; null where it could not be.</summary>
    public SetCookie? Field { get; init; }

    /// <summary>The cookie as it is in the jar now; null where it is not.</summary>
    public StoredCookie? Cookie { get; init; }

    /// <summary>The cookie that was there before, or null.</summary>
    public StoredCookie? Former { get; init; }

    /// <summary>Others that had to go, because there were too many.</summary>
    public IReadOnlyList<CookieEviction> Evicted { get; init; } = [];

    /// <summary>It is in the jar.</summary>
    public bool IsKept => Kind is CookieDecisionKind.Accepted or CookieDecisionKind.Replaced;
}
