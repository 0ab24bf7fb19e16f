namespace Fathom.Wire.Application.Http;

/// <summary>Looks at the security fields of a response that came over HTTPS. Findings, never failures.</summary>
public static class SecurityHeaderAudit
{
    // Half a year: what Mozilla's HTTP Observatory asks for at least; shorter lapses between two visits of a rare guest.
    private const long ShortestMaxAge = 180L * 24 * 60 * 60;

    private const string Hsts = "Strict-Transport-Security";
    private const string Csp = "Content-Security-Policy";
    private const string Sniffing = "X-Content-Type-Options";
    private const string Framing = "X-Frame-Options";
    private const string Referrer = "Referrer-Policy";

    /// <summary>
    /// Judges the head of a final response. Content-Security-Policy, framing and Referrer-Policy are asked of documents
    /// only: HTML, XHTML, SVG, or an unstated type, and no redirect.
    /// </summary>
    /// <param name="head">The head of a response over HTTPS.</param>
    public static IReadOnlyList<SecurityRemark> Judge(HttpResponseHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        var remarks = new List<SecurityRemark>();
        JudgeTransport(head.Fields, remarks);
        if (head.Status is >= 300 and < 400) return remarks;
        JudgeSniffing(head.Fields, remarks);
        if (!IsDocument(head.Fields.First("Content-Type"))) return remarks;
        var policies = ContentSecurityPolicies(head.Fields);
        JudgePolicy(head.Fields, policies, remarks);
        JudgeFraming(head.Fields, policies, remarks);
        JudgeReferrer(head.Fields, remarks);
        return remarks;
    }

    private static void JudgeTransport(HttpFields fields, List<SecurityRemark> remarks)
    {
        if (fields.First(Hsts) is not { } value)
        {
            remarks.Add(new(SecurityRemarkKind.StrictTransportSecurityMissing, Hsts, "RFC 6797 §6.1", "without it the next visit may begin over plain HTTP"));
            return;
        }

        if (!StrictTransportSecurity.TryParse(value, out var policy))
            remarks.Add(new(SecurityRemarkKind.StrictTransportSecurityInvalid, Hsts, "RFC 6797 §6.1", "it has no readable max-age, or repeats a directive: browsers ignore it"));
        else if (policy.MaxAge == 0)
            remarks.Add(new(SecurityRemarkKind.StrictTransportSecurityOff, Hsts, "RFC 6797 §6.1.1", "max-age=0 makes browsers forget to insist on HTTPS"));
        else if (policy.MaxAge < ShortestMaxAge)
            remarks.Add(new(SecurityRemarkKind.StrictTransportSecurityShort, Hsts, "RFC 6797 §11.2", FormattableString.Invariant($"max-age is {policy.MaxAge} seconds: less than half a year")));
    }

    private static void JudgeSniffing(HttpFields fields, List<SecurityRemark> remarks)
    {
        if (fields.Combined(Sniffing) is not { } value)
            remarks.Add(new(SecurityRemarkKind.ContentTypeOptionsMissing, Sniffing, "Fetch Standard, X-Content-Type-Options", "without nosniff a browser may take data for script"));

        // The standard looks at the first member of the list only.
        else if (!HttpSyntax.SplitList(value)[0].Equals("nosniff", StringComparison.OrdinalIgnoreCase))
            remarks.Add(new(SecurityRemarkKind.ContentTypeOptionsInvalid, Sniffing, "Fetch Standard, X-Content-Type-Options", "only the word nosniff means anything"));
    }

    private static void JudgePolicy(HttpFields fields, List<Dictionary<string, string[]>> policies, List<SecurityRemark> remarks)
    {
        if (policies.Count == 0)
        {
            var detail = fields.Contains($"{Csp}-Report-Only") ? "the policy is only reported, not enforced" : "without it injected script runs unhindered";
            remarks.Add(new(SecurityRemarkKind.ContentSecurityPolicyMissing, Csp, "Content Security Policy Level 3 §3.1", detail));
            return;
        }

        // Every policy must allow a script for it to run: one strict policy is enough.
        if (policies.TrueForAll(AllowsInjectedScript))
            remarks.Add(new(SecurityRemarkKind.ContentSecurityPolicyUnsafe, Csp, "Content Security Policy Level 3 §8.2", "no directive limits scripts, or it allows all inline script or eval"));
    }

    private static bool AllowsInjectedScript(Dictionary<string, string[]> policy)
    {
        // §6.8.3: script-src falls back to default-src.
        if (!policy.TryGetValue("script-src", out var sources) && !policy.TryGetValue("default-src", out sources)) return true;
        if (Has(sources, "'unsafe-eval'")) return true;

        // §6.7.3.2: beside a nonce, a hash or 'strict-dynamic', 'unsafe-inline' counts for nothing.
        var isNarrowed = Has(sources, "'strict-dynamic'") || Array.Exists(sources, static source =>
            source.StartsWith("'nonce-", StringComparison.OrdinalIgnoreCase) || source.StartsWith("'sha", StringComparison.OrdinalIgnoreCase));
        return Has(sources, "'unsafe-inline'") && !isNarrowed;
    }

    private static void JudgeFraming(HttpFields fields, List<Dictionary<string, string[]>> policies, List<SecurityRemark> remarks)
    {
        // CSP Level 3 §6.4.2: where frame-ancestors is there, X-Frame-Options is not looked at.
        if (policies.Exists(static policy => policy.ContainsKey("frame-ancestors"))) return;
        if (fields.Combined(Framing) is not { } value)
        {
            remarks.Add(new(SecurityRemarkKind.FramingAllowed, Framing, "HTML Standard, X-Frame-Options; Content Security Policy Level 3 §6.4.2", "any site may show this page in a frame of its own"));
            return;
        }

        if (HttpSyntax.SplitList(value).TrueForAll(static word => word.Equals("DENY", StringComparison.OrdinalIgnoreCase) || word.Equals("SAMEORIGIN", StringComparison.OrdinalIgnoreCase))) return;
        remarks.Add(new(SecurityRemarkKind.FrameOptionsInvalid, Framing, "HTML Standard, X-Frame-Options", "only DENY and SAMEORIGIN mean anything; use frame-ancestors for more"));
    }

    private static void JudgeReferrer(HttpFields fields, List<SecurityRemark> remarks)
    {
        const string Rule = "Referrer Policy §3";
        if (fields.Combined(Referrer) is not { } value)
        {
            remarks.Add(new(SecurityRemarkKind.ReferrerPolicyMissing, Referrer, Rule, "the browser's default counts, which today is strict-origin-when-cross-origin"));
            return;
        }

        // §8.1: the last word that is known wins.
        var policy = HttpSyntax.SplitList(value).FindLast(static word => IsReferrerPolicy(word));
        if (policy is null)
            remarks.Add(new(SecurityRemarkKind.ReferrerPolicyInvalid, Referrer, Rule, "it holds no policy that is known"));
        else if (policy.Equals("unsafe-url", StringComparison.OrdinalIgnoreCase) || policy.Equals("no-referrer-when-downgrade", StringComparison.OrdinalIgnoreCase))
            remarks.Add(new(SecurityRemarkKind.ReferrerPolicyLeaks, Referrer, Rule, "other sites get the full address of the page"));
    }

    private static bool IsReferrerPolicy(string word) => word.ToLowerInvariant() is
        "no-referrer" or "no-referrer-when-downgrade" or "same-origin" or "origin" or "strict-origin"
        or "origin-when-cross-origin" or "strict-origin-when-cross-origin" or "unsafe-url";

    // §2.2 of CSP: policies are separated by commas, directives by semicolons; of a repeated directive the first counts.
    private static List<Dictionary<string, string[]>> ContentSecurityPolicies(HttpFields fields)
    {
        var policies = new List<Dictionary<string, string[]>>();
        foreach (var text in fields.All(Csp).SelectMany(static value => value.Split(',')))
        {
            var policy = new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase);
            foreach (var directive in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                var words = directive.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
                policy.TryAdd(words[0], words[1..]);
            }

            if (policy.Count > 0) policies.Add(policy);
        }

        return policies;
    }

    private static bool IsDocument(string? contentType)
    {
        if (contentType is null) return true;
        var semicolon = contentType.IndexOf(';', StringComparison.Ordinal);
        return (semicolon < 0 ? contentType : contentType[..semicolon]).Trim().ToLowerInvariant() is "text/html" or "application/xhtml+xml" or "image/svg+xml";
    }

    private static bool Has(string[] words, string word) => words.Contains(word, StringComparer.OrdinalIgnoreCase);
}
