using Fathom.Probes.Application.Tls;

namespace Fathom.Diagnosis.Application.Tls;

/// <summary>The causes that lie in the certificates: a client would refuse them.</summary>
internal static class CertificateCauses
{
    /// <summary>Judges the chain; one finding for each kind of problem.</summary>
    /// <param name="exchange">The handshake with its chain and verdict.</param>
    /// <param name="serverDate">The server's Date field, where it was got; else null.</param>
    /// <param name="now">This host's time.</param>
    public static IEnumerable<Finding> Judge(ExchangeResult exchange, DateTimeOffset? serverDate, DateTimeOffset now)
    {
        if (exchange.Certificates is not { } verdict) yield break;
        var seen = new HashSet<string>();
        foreach (var problem in verdict.Problems.OrderBy(static p => Rank(p.Kind)))
        {
            var cause = CauseOf(problem.Kind);
            if (SkewFits(problem, serverDate, now)) cause = Causes.TlsClockSkew;
            if (!seen.Add(cause)) continue;
            var summary = cause == Causes.TlsClockSkew
                ? $"This machine's clock says {now:yyyy-MM-dd HH:mm} UTC, the server's {serverDate:yyyy-MM-dd HH:mm}: by this clock a certificate is not valid that is valid by the server's."
                : problem.Detail;
            yield return new Finding(cause, Severity.Fail, Stage.Tls, summary, exchange.TlsEvidence)
            {
                Confidence = cause == Causes.TlsClockSkew || problem.Confidence != ProblemConfidence.Certain ? Confidence.Likely : Confidence.Certain,
                Fix = Fix(cause),
                Alternatives = Alternatives(cause, problem),
            };
        }
    }

    /// <summary>What clients put up with, or soon will not: weak parameters of a handshake that completed.</summary>
    public static IReadOnlyList<Finding> JudgeWeakness(TlsOutcome.Completed handshake, IReadOnlyList<string> evidence)
    {
        var weaknesses = handshake.Session.Weaknesses;
        if (weaknesses.Count == 0) return [];
        var refused = weaknesses.Any(static w => w.IsRefused);
        return
        [
            new Finding(Causes.TlsWeak, refused ? Severity.Warn : Severity.Info, Stage.Tls,
                string.Join(" ", weaknesses.OrderByDescending(static w => w.IsRefused).Select(static w => w.Detail)), evidence)
            {
                Fix = "Allow TLS 1.3, or TLS 1.2 with ECDHE and AES-GCM or ChaCha20, and nothing older.",
            },
        ];
    }

    /// <summary>The cause of the contract for a kind of problem.</summary>
    internal static string CauseOf(CertificateProblemKind kind) => kind switch
    {
        CertificateProblemKind.Expired => Causes.TlsExpired,
        CertificateProblemKind.NotYetValid => Causes.TlsNotYetValid,
        CertificateProblemKind.NameMismatch => Causes.TlsNameMismatch,
        CertificateProblemKind.SelfSigned => Causes.TlsSelfSigned,
        CertificateProblemKind.IncompleteChain => Causes.TlsIncompleteChain,
        CertificateProblemKind.WeakKey or CertificateProblemKind.WeakSignature => Causes.TlsWeak,
        CertificateProblemKind.NoCertificate => Causes.TlsHandshakeRefused,

        // What is left makes the path worthless, whoever issued it: a client says "not trusted".
        _ => Causes.TlsUntrustedIssuer,
    };

    // The order in which clients report, so that the verdict names what a person sees elsewhere.
    private static int Rank(CertificateProblemKind kind) => kind switch
    {
        CertificateProblemKind.NoCertificate => 0,
        CertificateProblemKind.Expired or CertificateProblemKind.NotYetValid => 1,
        CertificateProblemKind.SelfSigned => 2,
        CertificateProblemKind.IncompleteChain or CertificateProblemKind.UntrustedIssuer => 3,
        CertificateProblemKind.NameMismatch => 4,
        CertificateProblemKind.WeakKey or CertificateProblemKind.WeakSignature => 6,
        _ => 5,
    };

    // The clock is what is wrong when the server's own clock is far from it and makes the certificate valid.
    private static bool SkewFits(CertificateProblem problem, DateTimeOffset? serverDate, DateTimeOffset now)
    {
        if (serverDate is not { } date || problem.Certificate is not { } certificate) return false;
        if (problem.Kind is not (CertificateProblemKind.Expired or CertificateProblemKind.NotYetValid)) return false;

        // A day: no server's clock is trusted to the hour, and certificates of a few hours' life exist.
        return (date - now).Duration() > TimeSpan.FromDays(1) && date >= certificate.NotBefore && date <= certificate.NotAfter;
    }

    private static string Fix(string cause) => cause switch
    {
        Causes.TlsExpired => CertificateRemedy.For(CertificateProblemKind.Expired),
        Causes.TlsNotYetValid => CertificateRemedy.For(CertificateProblemKind.NotYetValid),
        Causes.TlsClockSkew => "Set this machine's clock.",
        Causes.TlsNameMismatch => CertificateRemedy.For(CertificateProblemKind.NameMismatch),
        Causes.TlsSelfSigned => CertificateRemedy.For(CertificateProblemKind.SelfSigned),
        Causes.TlsIncompleteChain => CertificateRemedy.For(CertificateProblemKind.IncompleteChain),
        Causes.TlsWeak => CertificateRemedy.For(CertificateProblemKind.WeakKey),
        _ => CertificateRemedy.For(CertificateProblemKind.UntrustedIssuer),
    };

    private static IReadOnlyList<Alternative> Alternatives(string cause, CertificateProblem problem)
    {
        if (cause == Causes.TlsClockSkew) return [new Alternative(Causes.TlsExpired, "Compare this machine's clock with a third one.")];
        if (problem.Confidence == ProblemConfidence.Certain) return [];
        var other = problem.Alternative is { } kind ? CauseOf(kind) : Causes.TlsUntrustedIssuer;
        return [new Alternative(other, problem.IssuerUrls.Count > 0
            ? $"Fetch the issuer's certificate from {problem.IssuerUrls[0]} and see whether it leads to a trusted root."
            : "Ask the server's operator for the issuer's certificate, and see whether it leads to a trusted root.")];
    }
}
