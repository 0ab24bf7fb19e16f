using System.Globalization;
using Fathom.Cli.Output;
using Fathom.Hosts.Transport;
using Fathom.Probes.Application.Dns;
using Fathom.Probes.Application.Tls;
using Fathom.Wire.Application;
using Fathom.Wire.Application.Tls;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fathom.Cli.Tls;

/// <summary>Shows an inspection to people: handshake, parameters, certificates, verdict.</summary>
internal static class TlsReport
{
    // More names than this push the verdict off the screen; JSON has all.
    private const int MaximumNames = 8;

    /// <summary>All of it.</summary>
    public static IEnumerable<IRenderable> Full(TlsInspection inspection, TlsVerdict verdict, DateTimeOffset now)
    {
        yield return new Rows(Listing.Heading(Title(inspection)));
        if (inspection.Prelude is { } prelude)
        {
            yield return Section("In the clear, before TLS (-> sent, <- received)");
            yield return Listing.Columns(["", ""], prelude.Lines.Select(static IReadOnlyList<string> (l) => [l.Direction == TlsDirection.Sent ? "->" : "<-", l.Text]));
        }

        if (inspection.Messages.Count > 0)
        {
            yield return Section("Handshake (-> sent, <- received, * encrypted on the wire)");
            yield return Listing.Columns(["", "message", "octets", "ms", "carries"], inspection.Messages.Select(m => Message(m, inspection.Handshake?.Version)));
        }

        if (inspection.Handshake is TlsOutcome.Completed completed)
        {
            yield return Section("Parameters");
            yield return Listing.Fields(Parameters(inspection, completed.Session));
        }

        var chain = inspection.Handshake?.PeerChain ?? [];
        for (var i = 0; i < chain.Count; i++)
        {
            yield return Section($"Certificate {i + 1} of {chain.Count}{(i == 0 ? ", the server's" : string.Empty)}");
            yield return Listing.Fields(Certificate(chain[i], now));
        }

        if (inspection.Versions.Count > 0)
        {
            yield return Section("Versions");
            yield return Listing.Columns(["", "", ""], inspection.Versions.Select(Version));
        }

        foreach (var survey in inspection.Suites)
        {
            yield return Section($"Suites that it takes with {survey.Version.ToText()}, in its order of choice");
            yield return Listing.Columns([""], survey.Suites.Select(static IReadOnlyList<string> (s) => [s]).Concat(survey.IsComplete ? [] : [["(it stopped answering: there may be more)"]]));
        }

        yield return Section("Verdict");
        foreach (var part in Verdict(inspection, verdict, now)) yield return part;
    }

    /// <summary>One line of a list.</summary>
    public static string Line(TlsInspection inspection, TlsVerdict verdict, DateTimeOffset now)
    {
        var where = inspection.Authority;
        var text = verdict.Status == ExitStatus.Good && inspection.Handshake is TlsOutcome.Completed completed
            ? $"{completed.Session.Version.ToText()}, {Left(completed.PeerChain[0], now)}"
            : $"{verdict.Layer}: {verdict.Summary}";
        return TextSanitizer.Escape($"{Word(verdict),-8}  {where}  {text}");
    }

    /// <summary>What happened, for a learner.</summary>
    public static string? Explain(TlsInspection inspection, TlsVerdict verdict)
    {
        if (inspection.Prelude?.Failure is not null) return $"The connection begins in the clear, and TLS only after a word and its consent. It did not come to that: {verdict.Summary} A client that goes on without TLS then sends its password to everybody on the way.";
        if (inspection.Handshake is not { } handshake) return $"TLS begins only when TCP has connected. It did not: {verdict.Summary}";
        if (handshake is not TlsOutcome.Completed { Session: var session })
            return $"The client says first what it can do (client_hello); the server chooses. Here it did not come to an agreement: {verdict.Summary}";
        var trips = session.Version >= TlsVersion.Tls13 ? (session.HelloRetryRequestSeen ? "two round trips" : "one round trip") : "two round trips";
        var secret = session.KeyExchangeGroup is { } group
            ? $"Both sides made a fresh key pair on {group} and exchanged the public halves: the secret itself never crossed the network, and a key stolen later opens nothing that was recorded today."
            : "The client encrypted the secret to the server's RSA key: whoever gets that key later can read what was recorded today.";
        var signature = session.ServerSignatureScheme is { } scheme ? $" The server signed the exchange ({scheme}) with the key of its certificate: that is how the client knows whom it talks to." : string.Empty;
        var hidden = session.Version >= TlsVersion.Tls13 ? " In TLS 1.3 everything after server_hello is encrypted, the certificates too; the name in client_hello is not." : " In TLS 1.2 the certificates cross the network in the clear.";
        var trust = inspection.Certificates is { } c ? $" The chain {(c.ReachedAnchor ? "ends at a root that this machine trusts" : "does not lead to a root that this machine trusts")}; encryption without that would be a secret talk with a stranger." : string.Empty;
        return $"The handshake took {trips}. {secret}{signature}{hidden}{trust}";
    }

    private static string Title(TlsInspection inspection)
    {
        var where = inspection.Authority;
        if (inspection.Attempts is not [.., { Result: ConnectResult.Connected } attempt]) return where;
        var address = attempt.Remote.ToString() == where ? string.Empty : $" at {attempt.Remote.Address}";
        return $"{where}{address}, connected in {Ms(attempt.Duration)} ms";
    }

    private static string[] Message(TlsMessageSeen message, TlsVersion? version) =>
    [
        (message.Direction == TlsDirection.Sent ? "->" : "<-") + (message.IsEncrypted ? "*" : string.Empty),
        Short(message.Name),
        message.Length.ToString(CultureInfo.InvariantCulture), Ms(message.At), TlsMessageText.Describe(message, version),
    ];

    // "alert warning close_notify (0)" is wider than any message; the verdict has level and number.
    private static string Short(string name) => name.Split(' ') is ["alert", _, var alert, ..] ? $"alert {alert}" : name;

    private static IEnumerable<(string Label, string Value)> Parameters(TlsInspection inspection, TlsSession session)
    {
        yield return ("version", session.Version.ToText());
        yield return ("suite", session.CipherSuite);
        foreach (var (part, meaning) in CipherSuiteText.Explain(session.CipherSuite)) yield return (string.Empty, $"{part}: {meaning}");
        yield return ("exchange", session.KeyExchangeGroup is { } group ? $"{group}{(session.HelloRetryRequestSeen ? ", after a hello_retry_request" : string.Empty)}" : "RSA key transport: no forward secrecy");
        yield return ("signature", session.ServerSignatureScheme ?? string.Empty);
        yield return ("ALPN", session.ApplicationProtocol ?? "none chosen");
        yield return ("tickets", inspection.Messages.Count(static m => m.Name == "new_session_ticket") is var tickets and > 0 ? $"{tickets}: the next handshake can be shorter" : "none came");
        yield return ("resumption", Resumption(inspection.Resumption));
        yield return ("OCSP", Ocsp(session.OcspStaple, inspection.Handshake!.StartedAt));
        if (session.CertificateRequest is { } request) yield return ("asked for", $"a client certificate{(request.Authorities.Count > 0 ? $" of {string.Join(" or ", request.Authorities.Take(3))}" : string.Empty)}; none was given");
        foreach (var weakness in session.Weaknesses) yield return ("weak", weakness.Detail);
    }

    private static IEnumerable<(string Label, string Value)> Certificate(TlsCertificate certificate, DateTimeOffset now)
    {
        if (certificate.Defect is { } defect) yield return ("defect", defect);
        yield return ("subject", certificate.Subject);
        yield return ("issuer", certificate.IsSelfIssued ? certificate.Issuer + " (itself)" : certificate.Issuer);
        string[] names = [.. certificate.DnsNames, .. certificate.IpAddresses.Select(static a => a.ToString())];
        yield return ("names", string.Join(", ", names.Take(MaximumNames)) + (names.Length > MaximumNames ? $" and {names.Length - MaximumNames} more" : string.Empty));
        yield return ("valid", $"{Day(certificate.NotBefore)} to {Day(certificate.NotAfter)}, {Left(certificate, now)}");
        yield return ("key", certificate.KeyName + (certificate.KeyUsage.Length > 0 ? $" for {certificate.KeyUsage}" : string.Empty));
        yield return ("signed", certificate.SignatureAlgorithm);
        yield return ("serial", certificate.SerialNumber);
        yield return ("sha256", certificate.Sha256Fingerprint);
        yield return ("key sha", certificate.PublicKeySha256);
        foreach (var (stamp, i) in certificate.Timestamps.Take(MaximumNames).Select(static (t, i) => (t, i)))
            yield return (i == 0 ? "SCTs" : string.Empty, $"log {stamp.LogId[..16]}…, taken {Day(stamp.Time)}");
        yield return ("authority", certificate.IsAuthority ? "yes" : string.Empty);
    }

    private static string Resumption(TlsResumption? tried) => tried?.Status switch
    {
        null => string.Empty,
        TlsResumptionStatus.Resumed => $"the server goes on with this session by {tried.By}: no certificate, less work",
        TlsResumptionStatus.BeganAnew => $"the server was given {tried.By} and began anew: {tried.Detail}",
        TlsResumptionStatus.NoAnswer => $"given {tried.By}, the server answered: {tried.Detail}",
        _ => tried.Detail,
    };

    private static string Ocsp(TlsOcspStaple? staple, DateTimeOffset now)
    {
        if (staple is null) return "not stapled";
        var until = staple.NextUpdate is { } next ? $", of {Day(staple.ThisUpdate!.Value)}, good until {Day(next)}{(next < now ? " (out of date)" : string.Empty)}" : staple.ThisUpdate is { } from ? $", of {Day(from)}" : string.Empty;
        return staple.Status switch
        {
            TlsOcspStatus.Good => $"stapled: not revoked{until}",
            TlsOcspStatus.Revoked => $"stapled: REVOKED on {(staple.RevokedAt is { } when ? Day(when) : "an unknown day")}{until}",
            TlsOcspStatus.Unknown => $"stapled: the responder does not know this certificate{until}",
            TlsOcspStatus.OtherCertificate => "stapled, and about another certificate: clients ignore or refuse it",
            TlsOcspStatus.NoAnswer => "stapled: the responder gave no answer",
            _ => "stapled, and not readable",
        } + " (its signature is not verified)";
    }

    private static string[] Version(TlsVersionAnswer answer) =>
    [
        answer.Version.ToText(),
        answer.Support switch { TlsVersionSupport.Spoken => "yes", TlsVersionSupport.Refused => "no", TlsVersionSupport.Unclear => "unclear", TlsVersionSupport.NotAsked => "not asked", _ => "no answer" },
        answer.Support == TlsVersionSupport.Spoken ? answer.CipherSuite + (answer.Version < TlsVersion.Tls12 ? ", deprecated (RFC 8996)" : string.Empty) : answer.Detail,
    ];

    private static IEnumerable<IRenderable> Verdict(TlsInspection inspection, TlsVerdict verdict, DateTimeOffset now)
    {
        var color = verdict.Status switch { ExitStatus.Good => "green", ExitStatus.Broken => "red", _ => "yellow" };
        var rows = new List<(string, string)>();
        var certificates = inspection.Certificates;
        if (verdict.Status == ExitStatus.Good) rows.Add(("path", string.Join(" <- ", certificates!.Path.Select(static c => c.ToString()))));
        else if (certificates is { Problems.Count: > 0 } && verdict.Layer == "certificates")
        {
            foreach (var problem in certificates.Problems)
            {
                rows.Add((problem.Confidence == ProblemConfidence.Certain ? "because" : "likely", problem.Detail));
                rows.Add(("fix", CertificateRemedy.For(problem.Kind)));
            }
        }
        else
        {
            rows.Add(("fix", verdict.Fix));
        }

        if (inspection.Anchors is { } anchors) rows.Add(("judged by", $"{Count(anchors.Certificates.Count, "root")} of {anchors.Source}"));
        foreach (var remark in certificates?.Remarks ?? []) rows.Add(("remark", remark.Detail));
        if (inspection.Handshake is { PeerChain: [{ Defect: null } leaf, ..] } && ExpiresSoon(leaf, now)) rows.Add(("soon", $"The certificate expires in {DaysLeft(leaf, now)} days: renew it now."));
        var headline = verdict.Status switch
        {
            ExitStatus.Good => $"ACCEPTED[/] {Listing.Safe(verdict.Summary)}",
            ExitStatus.Broken when certificates is { Problems.Count: > 1 } => $"REFUSED[/] A client refuses this server for {certificates.Problems.Count} reasons:",
            ExitStatus.Broken when verdict.Layer == "certificates" => "REFUSED[/] A client refuses this server:",
            ExitStatus.Broken => $"REFUSED[/] at {Listing.Safe(verdict.Layer)}: {Listing.Safe(verdict.Summary)}",
            _ => $"UNKNOWN[/] {Listing.Safe(verdict.Summary)}",
        };
        yield return new Padder(new Markup($"[bold {color}]{headline}"), new Padding(2, 0, 0, 0));
        if (rows.Any(static r => r.Item2.Length > 0)) yield return Listing.Fields(rows);
    }

    /// <summary>A third of the life at most, and 30 days: when automatic renewal is due (Let's Encrypt renews 90-day certificates then).</summary>
    public static bool ExpiresSoon(TlsCertificate certificate, DateTimeOffset now)
    {
        var left = certificate.NotAfter - now;
        var third = (certificate.NotAfter - certificate.NotBefore) / 3;
        return left > TimeSpan.Zero && left < (third < TimeSpan.FromDays(30) ? third : TimeSpan.FromDays(30));
    }

    /// <summary>Whole days until a certificate expires; negative after it.</summary>
    public static int DaysLeft(TlsCertificate certificate, DateTimeOffset now) => (int)Math.Floor((certificate.NotAfter - now).TotalDays);

    private static string Left(TlsCertificate certificate, DateTimeOffset now)
    {
        if (now < certificate.NotBefore) return $"not valid before {Day(certificate.NotBefore)}";
        var days = DaysLeft(certificate, now);
        return days < 0 ? $"expired {Count((int)Math.Ceiling((now - certificate.NotAfter).TotalDays), "day")} ago" : $"{Count(days, "day")} left";
    }

    private static string Word(TlsVerdict verdict) => verdict.Status switch { ExitStatus.Good => "accepted", ExitStatus.Broken => "refused", _ => "unknown" };

    private static string Count(int number, string noun) => $"{number} {noun}{(number == 1 ? string.Empty : "s")}";

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Ms(TimeSpan time) => time.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture);

    private static Padder Section(string text) => new(Listing.Heading(text), new Padding(0, 1, 0, 0));
}
