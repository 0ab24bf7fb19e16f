using System.Text;
using Fathom.Probes.Application.Http;
using Fathom.Wire.Application.Http;

namespace Fathom.Diagnosis.Application.Http;

/// <summary>A whole response in plain HTTP that a portal may have made.</summary>
/// <param name="Page">The response.</param>
/// <param name="Host">The host that it was asked for.</param>
/// <param name="Evidence">Ids of the evidence.</param>
internal sealed record PortalAnswerSeen(HttpOutcome.Completed Page, string Host, IReadOnlyList<string> Evidence)
{
    // RFC 6585 §6.
    private const int NetworkAuthenticationRequired = 511;

    // What portals that speak WISPr, the usual way for telephones to log in, have in their pages.
    private static readonly byte[] WisprMark = "WISPAccessGatewayParam"u8.ToArray();

    public HttpResponseHead Head => Page.Head!;

    /// <summary>The status that is made for portals.</summary>
    public bool Says511 => Head.Status == NetworkAuthenticationRequired;

    public bool HasWisprMark => Page.Body.Span.IndexOf(WisprMark) >= 0;

    public bool IsSuccess => Head.Status is >= 200 and < 300;

    /// <summary>The page asks for a password.</summary>
    public bool AsksToLogIn => Text.Contains("type=\"password\"", StringComparison.OrdinalIgnoreCase);

    /// <summary>Site and path of a redirect; portals put what was asked for into the query. Null where there is none.</summary>
    public string? LeadsTo => Head.Status is 301 or 302 or 303 or 307 or 308 && Uri.TryCreate(Head.Fields.First("Location"), UriKind.Absolute, out var next) ? next.GetLeftPart(UriPartial.Path) : null;

    /// <summary>The page without the host that was asked for, which portals put into theirs.</summary>
    public string Form => Text.Replace(Host, string.Empty, StringComparison.OrdinalIgnoreCase);

    /// <summary>The page's title; empty where it has none.</summary>
    public string Title
    {
        get
        {
            const string Open = "<title>";
            var text = Text;
            var start = text.IndexOf(Open, StringComparison.OrdinalIgnoreCase);
            var end = start < 0 ? -1 : text.IndexOf('<', start + Open.Length);
            return end < 0 ? string.Empty : text[(start + Open.Length)..end].Trim();
        }
    }

    private string Text => Encoding.Latin1.GetString(Page.Body.Span);

    /// <summary>The response of an exchange, or null where none came or it was not whole.</summary>
    /// <param name="exchange">The exchange; null where there was none.</param>
    /// <param name="host">The host that it was asked for.</param>
    public static PortalAnswerSeen? Of(ExchangeResult? exchange, string host)
        => exchange?.Http is HttpOutcome.Completed { Head: not null } page ? new PortalAnswerSeen(page, host, exchange.HttpEvidence) : null;

    /// <summary>May a portal have made it? It leads to another site, has a portal's mark, or asks for a password.</summary>
    /// <param name="asked">The URL that was asked for.</param>
    public bool MayBePortal(Uri asked)
        => HasWisprMark || AsksToLogIn || (LeadsTo is { } next && Uri.TryCreate(next, UriKind.Absolute, out var to) && !IsSameSite(asked, to));

    // www.example.com and example.com are one site to all whom this concerns: it costs a probe where it is wrong.
    private static bool IsSameSite(Uri one, Uri other)
    {
        if (one.HostNameType != UriHostNameType.Dns || other.HostNameType != UriHostNameType.Dns) return one.Host == other.Host;
        return string.Equals(Site(one.Host), Site(other.Host), StringComparison.OrdinalIgnoreCase);

        static string Site(string host) => string.Join('.', host.Split('.').TakeLast(2));
    }
}
