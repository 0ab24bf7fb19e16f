using Fathom.Diagnosis.Application;
using Fathom.Diagnosis.Targets;
using Fathom.Hosts.Transport;
using Fathom.Probes.Application.Http;
using Fathom.Probes.Transport;
using Fathom.Wire.Application.Http;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Diagnosis;

/// <content>
/// Captive portals that answer in the target's name by a redirect or a page of their own. A page proves nothing by itself: the proof is that the same answer comes from an address where nobody is.
/// </content>
internal sealed partial class CheckWalk
{
    private const ushort HttpPort = 80;

    // RFC 6585 §6.
    private const int NetworkAuthenticationRequired = 511;

    // What portals that speak WISPr, the usual way for telephones to log in, have in their pages.
    private static readonly byte[] WisprMark = "WISPAccessGatewayParam"u8.ToArray();

    // RFC 5737: addresses for documentation. On the Internet nobody has them, so that whoever answers there is in between.
    private static readonly IpAddress[] Nobodys = [IpAddress.Parse("192.0.2.1"), IpAddress.Parse("198.51.100.1"), IpAddress.Parse("203.0.113.1")];

    // A portal is near.
    private static readonly TimeSpan PortalPatience = TimeSpan.FromSeconds(1.5);

    /// <summary>A response that a portal may have made: it leads to another site, or has a portal's mark.</summary>
    private static bool MayBePortal(Uri asked, HttpOutcome http)
    {
        if (http is not HttpOutcome.Completed { Head: { } head } completed) return false;
        if (completed.Body.Span.IndexOf(WisprMark) >= 0) return true;
        return IsRedirect(head) && Uri.TryCreate(asked, head.Fields.First("Location"), out var next) && !IsSameSite(asked, next);
    }

    // www.example.com and example.com are one site to all whom this concerns: it costs a probe where it is wrong.
    private static bool IsSameSite(Uri one, Uri other)
    {
        if (one.HostNameType != UriHostNameType.Dns || other.HostNameType != UriHostNameType.Dns) return one.Host == other.Host;
        return string.Equals(Site(one.Host), Site(other.Host), StringComparison.OrdinalIgnoreCase);

        static string Site(string host) => string.Join('.', host.Split('.').TakeLast(2));
    }

    /// <summary>Asks at an address where nobody is, beside what goes on.</summary>
    private PortalControl ControlPortal(Attempt chosen, HttpOutcome first, CancellationToken cancellation)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var address = Nobodys.First(a => !new IpPrefix(a, 24).Contains(chosen.Address));
        return new PortalControl(first, stop, AskPlainlyAsync(new IpEndpoint(address, HttpPort), stop.Token));
    }

    /// <summary>Waits a moment more for the answer, which a portal gives at once.</summary>
    private async Task<Finding?> FinishAsync(PortalControl control, Attempt chosen, ExchangeResult first)
    {
        control.Stop.CancelAfter(Grace(chosen) + (2 * chosen.Outcome!.Duration));
        var second = await control.Answer;
        control.Stop.Dispose();
        return JudgePortal(control.First, first.HttpEvidence, second);
    }

    /// <summary>After a refusal at the port of HTTPS: does a portal answer at that of HTTP?</summary>
    private async Task<Finding?> ExaminePortalAsync(IReadOnlyList<Attempt> attempts, CancellationToken cancellation)
    {
        // Portals turn IPv4; IPv6 they refuse.
        if (_isFollowUp || !_target.UsesTls || attempts.FirstOrDefault(static a => a.Address.IsV4 && a.Outcome is not null) is not { } attempt) return null;
        if (await AskPlainlyAsync(new IpEndpoint(attempt.Address, HttpPort), cancellation) is not { Http: { } http } first) return null;
        if (http.Head?.Status != NetworkAuthenticationRequired && !MayBePortal(Absolute(_target with { Kind = TargetKind.Http, Port = HttpPort }, false), http)) return null;
        var address = Nobodys.First(a => !new IpPrefix(a, 24).Contains(attempt.Address));
        return JudgePortal(http, first.HttpEvidence, await AskPlainlyAsync(new IpEndpoint(address, HttpPort), cancellation));
    }

    private async Task<ExchangeResult?> AskPlainlyAsync(IpEndpoint at, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(PortalPatience, _context.Host.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            if (!CheckTargetParser.TryParse($"http://{at.Address}/", out var target, out _)) return null;
            var connected = await ConnectProbe.RunAsync(_context, at, new ConnectOptions(PortalPatience), either.Token);
            return connected.Connection is { } connection ? await _exchanger.RunAsync(target, false, connection, PortalPatience, static _ => true, either.Token) : null;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private Finding? JudgePortal(HttpOutcome first, IReadOnlyList<string> evidence, ExchangeResult? control)
    {
        if (control?.Http is not HttpOutcome.Completed { Head: { } head } second) return null;
        var says511 = first.Head?.Status == NetworkAuthenticationRequired && head.Status == NetworkAuthenticationRequired;
        var leadsAlike = first.Head is { } own && IsRedirect(own) && IsRedirect(head) && LeadsTo(own) is { } to && to == LeadsTo(head);
        var isAlike = first is HttpOutcome.Completed { Body.Length: > 0 } page && page.Body.Span.IndexOf(WisprMark) >= 0 && second.Body.Span.IndexOf(WisprMark) >= 0;
        if (!says511 && !leadsAlike && !isAlike) return null;
        var where = leadsAlike ? $", and leads to {Wire.Application.TextSanitizer.Escape(head.Fields.First("Location")!)}" : string.Empty;
        return new Finding(Causes.HttpCaptivePortal, Severity.Fail, Stage.Http,
            $"A captive portal answers instead of {_target.Host}: the same answer comes from an address where nobody is{where}.", [.. evidence, .. control.HttpEvidence])
        {
            Fix = "Open any page in a browser and log in to the network.",
        };
    }

    // Site and path; portals put what was asked for into the query.
    private static string? LeadsTo(HttpResponseHead head)
        => Uri.TryCreate(head.Fields.First("Location"), UriKind.Absolute, out var next) ? next.GetLeftPart(UriPartial.Path) : null;

    private sealed record PortalControl(HttpOutcome First, CancellationTokenSource Stop, Task<ExchangeResult?> Answer);
}
