namespace Fathom.Wire.Application.Cookies;

/// <summary>What a jar gives to one request.</summary>
/// <param name="Choices">Every cookie of the jar: those that are sent first, in the order in which they are sent.</param>
/// <param name="IsSameSite">The request is same-site (RFC 6265bis §5.2).</param>
public sealed record CookieSelection(IReadOnlyList<CookieChoice> Choices, bool IsSameSite)
{
    /// <summary>The value of the Cookie field (§5.8.3 step 4); empty for no field.</summary>
    public string Header => string.Join("; ", Choices.Where(static c => c.IsSent).Select(static c => c.Cookie.Name.Length == 0 ? c.Cookie.Value : $"{c.Cookie.Name}={c.Cookie.Value}"));
}
