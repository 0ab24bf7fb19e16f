namespace Fathom.Wire.Application.Cookies;

public sealed partial class CookieJar
{
    // §5.7, "remove excess cookies": expired ones, then those of a crowded domain that are not Secure, then the others of a crowded domain, then all; the
    // one that was not used for the longest time first. The cookie just set is the most recently used of all.
    private List<CookieEviction> MakeRoom(StoredCookie latest, DateTimeOffset now)
    {
        var evicted = new List<CookieEviction>();
        var crowded = _cookies.Count(c => c.Domain == latest.Domain) > _options.MaximumPerDomain;
        if (!crowded && _cookies.Count <= _options.MaximumTotal) return evicted;
        foreach (var over in _cookies.Where(c => c.IsExpired(now)).ToArray()) Evict(over, "it is over", evicted);
        while (_cookies.Count(c => c.Domain == latest.Domain) > _options.MaximumPerDomain)
        {
            var victim = Oldest(c => c.Domain == latest.Domain && !c.Secure && c != latest) ?? Oldest(c => c.Domain == latest.Domain && c != latest);
            if (victim is null) break;
            Evict(victim, $"{TextSanitizer.Escape(latest.Domain)} has more than {_options.MaximumPerDomain}, and this one {(victim.Secure ? "was not used for the longest time" : "is not Secure and was not used for the longest time")}", evicted);
        }

        while (_cookies.Count > _options.MaximumTotal && Oldest(c => c != latest) is { } victim)
            Evict(victim, $"there are more than {_options.MaximumTotal}, and this one was not used for the longest time", evicted);
        return evicted;
    }

    private StoredCookie? Oldest(Func<StoredCookie, bool> match) => _cookies.Where(match).MinBy(static c => c.LastAccessAt);

    private void Evict(StoredCookie cookie, string why, List<CookieEviction> evicted)
    {
        _cookies.Remove(cookie);
        evicted.Add(new CookieEviction(cookie, why));
    }
}
