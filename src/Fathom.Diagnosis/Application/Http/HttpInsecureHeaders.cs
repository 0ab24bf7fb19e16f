using Fathom.Wire.Application.Http;

namespace Fathom.Diagnosis.Application.Http;

/// <summary>Fields that protect a page's visitors and are missing: a finding, never a failure of reach.</summary>
internal static class HttpInsecureHeaders
{
    public static Finding? Judge(HttpResponseHead head, bool usedTls, IReadOnlyList<string> evidence)
    {
        if (!usedTls) return null;
        var remarks = SecurityHeaderAudit.Judge(head);
        return remarks.Count == 0 ? null : new Finding(Causes.HttpInsecureHeaders, Severity.Info, Stage.Http,
            $"The response lacks protection for its visitors: {string.Join("; ", remarks.Select(static r => r.Detail))}.", evidence)
        {
            Fix = "Add the fields in the server's configuration.",
        };
    }
}
