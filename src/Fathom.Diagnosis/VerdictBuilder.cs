using Fathom.Diagnosis.Targets;

namespace Fathom.Diagnosis;

/// <summary>Makes one verdict of all findings: one root cause, the rest follows from it.</summary>
internal static class VerdictBuilder
{
    // What each stage proves absent when it passes. A pass of a later stage proves the earlier ones for the same packets.
    private static readonly (Stage Stage, string[] Causes)[] Excluded =
    [
        (Stage.Interface, [Causes.LinkNoInterface, Causes.LinkDown]),
        (Stage.Address, [Causes.AddressMissing, Causes.AddressSelfAssigned]),
        (Stage.Route, [Causes.RouteMissing, Causes.RouteProhibited]),
        (Stage.Neighbor, [Causes.NeighborUnanswered, Causes.NeighborHostAbsent]),
        (Stage.Dns, [Causes.DnsNoServer, Causes.DnsServerUnreachable, Causes.DnsRefused, Causes.DnsServfail, Causes.DnsNxdomain, Causes.DnsNoAddress, Causes.DnsCnameLoop, Causes.DnsTcpBlocked]),
        (Stage.Connect, [Causes.AddressWrongPrefix, Causes.RouteWrongGateway, Causes.PathUnreachable, Causes.PathFiltered, Causes.PathLoop, Causes.PathSilent, Causes.TcpRefused, Causes.TcpFiltered]),
        (Stage.Tls, [Causes.TlsNotTls, Causes.TlsHandshakeRefused, Causes.TlsVersionUnsupported, Causes.TlsExpired, Causes.TlsNotYetValid, Causes.TlsNameMismatch, Causes.TlsSelfSigned, Causes.TlsUntrustedIssuer, Causes.TlsIncompleteChain]),
        (Stage.Http, [Causes.TcpReset, Causes.TcpClosedEarly, Causes.TcpStalled, Causes.HttpMalformed, Causes.HttpServerError, Causes.HttpUpstreamError, Causes.HttpRedirectLoop, Causes.HttpTruncated, Causes.HttpTimeout]),
    ];

    /// <summary>Builds the verdict.</summary>
    /// <param name="target">The target.</param>
    /// <param name="findings">All findings.</param>
    /// <param name="stages">All stages.</param>
    /// <param name="gotIt">What the target asks for was got.</param>
    /// <param name="unknown">Why nothing could be measured; null where something was.</param>
    /// <returns>The verdict, and the findings with the root first and the rest following it.</returns>
    public static (Verdict Verdict, IReadOnlyList<Finding> Findings) Build(
        CheckTarget target, IReadOnlyList<Finding> findings, IReadOnlyList<StageReport> stages, bool gotIt, string? unknown)
    {
        var fails = findings.Where(static f => f.Severity == Severity.Fail).ToArray();

        // Symptom below cause: the failure that stands earliest in the walk explains the later ones. What a finding already
        // names as its cause is kept.
        var root = fails.Where(static f => f.Follows is null).OrderBy(static f => f.Stage).FirstOrDefault();
        var warn = findings.Where(static f => f.Severity == Severity.Warn && f.Follows is null).OrderBy(static f => f.Stage).FirstOrDefault();
        var ruledOut = RuledOut(findings, stages);
        if (root is not null)
        {
            var rest = findings.Where(f => f != root).Select(f => f.Severity == Severity.Fail && f.Follows is null ? f with { Follows = root.Cause } : f);
            return (new Verdict(VerdictStatus.Broken, root.Summary) { Root = root, RuledOut = ruledOut }, [root, .. rest]);
        }

        if (!gotIt)
            return (new Verdict(VerdictStatus.Unknown, unknown ?? "Not enough could be measured to say.") { RuledOut = ruledOut }, findings);
        return warn is null
            ? (new Verdict(VerdictStatus.Works, $"{target.Text} works.") { RuledOut = ruledOut }, findings)
            : (new Verdict(VerdictStatus.Degraded, warn.Summary) { Root = warn, RuledOut = ruledOut }, [warn, .. findings.Where(f => f != warn)]);
    }

    private static string[] RuledOut(IReadOnlyList<Finding> findings, IReadOnlyList<StageReport> stages)
    {
        var found = findings.Select(static f => f.Cause).ToHashSet();
        var possible = findings.SelectMany(static f => f.Alternatives).Select(static a => a.Cause).ToHashSet();
        var passed = stages.Where(static s => s.Status is StageStatus.Pass or StageStatus.Warn).Select(static s => s.Stage).ToHashSet();
        return [.. Excluded.Where(e => passed.Contains(e.Stage)).SelectMany(static e => e.Causes).Where(c => !found.Contains(c) && !possible.Contains(c))];
    }
}
