using Fathom.Diagnosis.Application;
using Fathom.Diagnosis.Application.Http;
using Fathom.Diagnosis.Internet;
using Fathom.Diagnosis.Targets;
using Fathom.Hosts.Transport;
using Fathom.Probes.Application.Http;
using Fathom.Probes.Internet;
using Fathom.Probes.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Diagnosis;

/// <content>
/// Captive portals that answer in the target's name by a redirect or a page of their own. A page proves nothing by itself: the proof is that the same answer comes from an address where nobody is.
/// Portals that work by DNS give themselves away by the address: a name that cannot exist has the same.
/// </content>
internal sealed partial class CheckWalk
{
    private const ushort HttpPort = 80;

    // RFC 5737: addresses for documentation. On the Internet nobody has them, so that whoever answers there is in between.
    private static readonly IpAddress[] Nobodys = [IpAddress.Parse("192.0.2.1"), IpAddress.Parse("198.51.100.1"), IpAddress.Parse("203.0.113.1")];

    // A portal is near.
    private static readonly TimeSpan PortalPatience = TimeSpan.FromSeconds(1.5);

    // What comes from a portal at all comes soon after what it has said in the target's name; a busy one takes a while for each.
    private static readonly TimeSpan LeastGrace = TimeSpan.FromMilliseconds(250);

    // What this check saw of the target by echo; null before a connection is open.
    private ReachSet? _reaches;

    /// <summary>
    /// A page in plain HTTP may be the portal's where nothing else was seen of the target. An echo that came back is the target's own word: portals let nothing else pass.
    /// </summary>
    private async Task<bool> IsUnseenAsync(Attempt chosen, HttpOutcome http, CancellationToken cancellation)
    {
        if (_reaches is null || chosen.Subject.IsOnLink || !chosen.Address.IsV4 || http is not HttpOutcome.Completed { Head.Status: >= 200 and < 300 }) return false;
        var reach = await _reaches.GetAsync(chosen.Address, cancellation);
        return !reach.First.IsCompletedSuccessfully || await reach.First is not EchoOutcome.Answered;
    }

    /// <summary>Asks at an address where nobody is, beside what goes on.</summary>
    private PortalControl ControlPortal(Attempt chosen, PortalAnswerSeen first, CancellationToken cancellation)
    {
        var stop = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _context.Host.Time);
        var address = NobodyFarFrom(chosen.Address);
        return new PortalControl(first, address.ToString(), stop, AskPlainlyAsync(address, stop.Token, cancellation));
    }

    /// <summary>Waits a moment more for the answer, which a portal gives at once.</summary>
    private async Task<Finding?> FinishAsync(PortalControl control, TimeSpan grace)
    {
        control.Stop.CancelAfter(grace);
        var second = await control.Answer;
        control.Stop.Dispose();
        return PortalCauses.Judge(_target.Host, control.First, PortalAnswerSeen.Of(second, control.Host));
    }

    /// <summary>Where another protocol than HTTP did not get through, refused, unanswered, or answered with somebody else's certificate: does a portal answer at the port of HTTP?</summary>
    private async Task<Finding?> ExaminePortalAsync(IReadOnlyList<Attempt> attempts, CancellationToken cancellation)
    {
        // Portals turn IPv4; IPv6 they refuse. At the port of HTTP itself the portal would have answered.
        if (_isFollowUp || _target.Port == HttpPort || attempts.FirstOrDefault(static a => a.Address.IsV4 && a.Outcome is not null) is not { } attempt) return null;
        var start = _context.Host.Time.GetTimestamp();
        using var stop = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _context.Host.Time);
        var nobody = NobodyFarFrom(attempt.Address);
        var control = AskPlainlyAsync(nobody, stop.Token, cancellation);
        var first = PortalAnswerSeen.Of(await AskPlainlyAsync(attempt.Address, CancellationToken.None, cancellation), attempt.Address.ToString());
        if (first is null) stop.Cancel();
        else stop.CancelAfter(LeastGrace + _context.Since(start));
        var second = PortalAnswerSeen.Of(await control, nobody.ToString());
        if (first is null) return null;
        return PortalCauses.Judge(_target.Host, first, second) ?? await JudgeNamePortalAsync(attempt, first, cancellation);
    }

    private async Task<Finding?> JudgeNamePortalAsync(Attempt chosen, PortalAnswerSeen first, CancellationToken cancellation)
    {
        if (_dns is null or { DecidedByHostsFile: true }) return null;
        var isHere = chosen.Address.IsPrivate || chosen.Address == chosen.Subject.Route?.Gateway;
        return isHere ? PortalCauses.JudgeName(_target.Host, chosen.Address, (await _dns.CompleteAsync(cancellation)).Impossible, first) : null;
    }

    private static IpAddress NobodyFarFrom(IpAddress address) => Nobodys.First(a => !new IpPrefix(a, 24).Contains(address));

    private async Task<ExchangeResult?> AskPlainlyAsync(IpAddress address, CancellationToken stop, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(PortalPatience, _context.Host.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop, cancellation);
        try
        {
            if (!CheckTargetParser.TryParse($"http://{address}/", out var target, out _)) return null;
            var connected = await ConnectProbe.RunAsync(_context, new IpEndpoint(address, HttpPort), new ConnectOptions(PortalPatience), either.Token);
            return connected.Connection is { } connection ? await _exchanger.RunAsync(target, false, connection, PortalPatience, static _ => true, either.Token) : null;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private sealed record PortalControl(PortalAnswerSeen First, string Host, CancellationTokenSource Stop, Task<ExchangeResult?> Answer);
}
