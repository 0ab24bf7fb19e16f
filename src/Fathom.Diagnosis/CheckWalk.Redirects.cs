using Fathom.Diagnosis.Application;
using Fathom.Diagnosis.Application.Http;
using Fathom.Diagnosis.Targets;
using Fathom.Probes.Application.Http;
using Fathom.Wire.Application;
using Fathom.Wire.Application.Http;

namespace Fathom.Diagnosis;

/// <content>Redirects: each one is a walk of its own, without echo and path, and what it finds is this walk's too.</content>
internal sealed partial class CheckWalk
{
    private ExchangeResult? _exchange;
    private RedirectCookies _cookies = new();

    private async Task<RedirectTrail> FollowAsync(ExchangeResult first, bool usesTls, CancellationToken cancellation)
    {
        var exchange = first;
        var current = Absolute(_target, usesTls);
        var evidence = first.HttpEvidence;
        var urls = new List<string>();
        var findings = new List<Finding>();
        _cookies.Take(first.Http?.Head, current, _context.Host.Time.GetUtcNow());

        // A page that sets a cookie and sends the client back to itself is a usual gate, and no loop.
        var seen = new HashSet<string> { $"{current.AbsoluteUri} " };
        while (exchange.Http is HttpOutcome.Completed { Head: { } head })
        {
            if (!IsRedirect(head)) return new RedirectTrail(urls, findings) { Head = urls.Count == 0 ? null : (head, current.Scheme == Uri.UriSchemeHttps, evidence) };
            var location = head.Fields.First("Location")!;
            if (!Uri.TryCreate(current, location, out var next) || !CheckTargetParser.TryParse(next.AbsoluteUri, out var target, out _)
                || target.Kind is not (TargetKind.Https or TargetKind.Http))
            {
                return new RedirectTrail(urls, [.. findings, new Finding(Causes.HttpMalformed, Severity.Fail, Stage.Http,
                    $"The redirect leads to \"{TextSanitizer.Escape(location)}\", which is no http or https URL.", evidence)
                {
                    Fix = "Mend the Location field of the redirect.",
                }]);
            }

            urls.Add(TextSanitizer.Escape(next.AbsoluteUri));
            if (!seen.Add($"{next.AbsoluteUri} {_cookies.Fingerprint}") || urls.Count > _options.MaximumRedirects)
            {
                var why = urls.Count > _options.MaximumRedirects ? $"more than {_options.MaximumRedirects} redirects (the limit)" : $"the redirects come back to {urls[^1]}";
                return new RedirectTrail(urls, [.. findings, new Finding(Causes.HttpRedirectLoop, Severity.Fail, Stage.Http, $"The redirects do not end: {why}.", evidence)
                {
                    Fix = "Mend the redirect rules of the server (often http and https, or www and the bare name, point at each other).",
                }]);
            }

            var walk = new CheckWalk(_context, target, _options, null, isFollowUp: true) { _cookies = _cookies };
            var report = await walk.RunAsync(cancellation);
            cancellation.ThrowIfCancellationRequested();
            if (report.Verdict.Status == VerdictStatus.Unknown) _unknown = $"After the redirect to {urls[^1]}: {report.Verdict.Summary}";
            findings.AddRange(report.Findings.Where(static f => f.Severity > Severity.Info || f.Cause is Causes.CookieInsecure or Causes.CloseNoCloseNotify)
                .Select(f => f with { Stage = Stage.Http, Summary = $"After the redirect to {urls[^1]}: {f.Summary}" }));
            if (walk._exchange is null || report.Verdict.Status is VerdictStatus.Unknown or VerdictStatus.Broken) return new RedirectTrail(urls, findings);
            exchange = walk._exchange;
            evidence = exchange.HttpEvidence;
            current = next;
            _cookies.Take(exchange.Http?.Head, current, _context.Host.Time.GetUtcNow());
        }

        return new RedirectTrail(urls, findings);
    }

    // RFC 9110 §15.4: these have a Location to follow; 300 and 304 have not.
    private static bool IsRedirect(HttpResponseHead head) => head.Status is 301 or 302 or 303 or 307 or 308 && head.Fields.First("Location") is not null;

    private static Uri Absolute(CheckTarget target, bool usesTls)
        => new($"{(usesTls ? "https" : "http")}://{(target.Address is { IsV6: true } a ? $"[{a.WithZone(0)}]" : target.Host)}:{target.Port}{target.RequestTarget}");
}
