using Fathom.Diagnosis.Targets;
using Fathom.Wire.Application;
using Fathom.Wire.Application.Cookies;

namespace Fathom.Diagnosis.Application.Http;

/// <summary>Cookies that a browser rejects, or that are not protected.</summary>
internal static class CookieCauses
{
    public static (string Summary, IReadOnlyList<Fact> Facts, IReadOnlyList<Finding> Findings) Judge(
        IReadOnlyList<string> lines, CheckTarget target, bool usedTls, DateTimeOffset now, IReadOnlyList<string> evidence)
    {
        var findings = new List<Finding>();
        var facts = new List<IReadOnlyList<Fact>>();
        var accepted = 0;
        foreach (var line in lines)
        {
            if (!SetCookie.TryParse(line, now, out var cookie, out var reason))
            {
                findings.Add(Rejected("a cookie", reason, evidence));
                facts.Add([new Fact("rejected", reason)]);
                continue;
            }

            var name = TextSanitizer.Escape(cookie.Name);
            var remarks = CookieAudit.Judge(cookie, target.Host, usedTls, target.RequestTarget);
            var rejected = remarks.FirstOrDefault(static r => r.Severity == CookieRemarkSeverity.Rejected);
            if (rejected is null) accepted++;
            else findings.Add(Rejected($"the cookie {name}", rejected.Detail, evidence));
            var insecure = remarks.Where(static r => r.Severity == CookieRemarkSeverity.Insecure).Select(static r => r.Detail).ToArray();
            if (rejected is null && insecure.Length > 0)
            {
                findings.Add(new Finding(Causes.CookieInsecure, Severity.Info, Stage.Cookies, $"The cookie {name} is not protected: {string.Join("; ", insecure)}.", evidence)
                {
                    Fix = "Set Secure, HttpOnly and SameSite where the cookie allows it.",
                });
            }

            facts.Add([new Fact("name", name), new Fact("accepted", rejected is null), new Fact("remarks", remarks.Select(static r => r.Detail).ToArray())]);
        }

        return ($"{Text.Count(accepted, "cookie")} accepted, {lines.Count - accepted} rejected", [new Fact("cookies", facts.ToArray())], findings);
    }

    private static Finding Rejected(string what, string why, IReadOnlyList<string> evidence)
        => new(Causes.CookieRejected, Severity.Warn, Stage.Cookies, $"A browser rejects {what}: {why}.", evidence)
        {
            Fix = "Mend the Set-Cookie field: RFC 6265bis §5.7 says what is accepted.",
        };
}
