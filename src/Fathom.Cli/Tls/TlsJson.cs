using System.Globalization;
using System.Text.Json;
using Fathom.Cli.Output;
using Fathom.Probes.Application.Dns;
using Fathom.Probes.Application.Tls;
using Fathom.Wire.Application.Tls;

namespace Fathom.Cli.Tls;

/// <summary>An inspection as members of a JSON object ("fathom.tls/1").</summary>
internal static class TlsJson
{
    public static void Write(Utf8JsonWriter writer, TlsInspection inspection, TlsVerdict verdict, DateTimeOffset now)
    {
        writer.WriteString("host", inspection.Host);
        writer.WriteNumber("port", inspection.Port);
        if (inspection.Lookup is HostLookupOutcome.Found found)
        {
            Strings(writer, "addresses", found.Addresses.Select(static a => a.ToString()));
            writer.WriteString("addressesFrom", found.Source);
        }

        if (inspection.Attempts is [.., { Connection: not null } attempt])
        {
            writer.WriteString("remote", attempt.Remote.ToString());
            writer.WriteMilliseconds("connectMs", attempt.Duration);
        }

        if (inspection.Prelude is { } prelude)
        {
            writer.WriteStartArray("startTls");
            foreach (var line in prelude.Lines)
            {
                writer.WriteStartObject();
                writer.WriteString("direction", line.Direction == TlsDirection.Sent ? "sent" : "received");
                writer.WriteString("line", line.Text);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        WriteVerdict(writer, inspection, verdict);
        if (inspection.Handshake is { } handshake) WriteHandshake(writer, inspection, handshake);
        WriteCertificates(writer, inspection, now);
        WriteSurveys(writer, inspection);
    }

    private static void WriteVerdict(Utf8JsonWriter writer, TlsInspection inspection, TlsVerdict verdict)
    {
        writer.WriteString("verdict", verdict.Status switch { ExitStatus.Good => "accepted", ExitStatus.Broken => "refused", _ => "unknown" });
        if (verdict.Layer.Length > 0) writer.WriteString("layer", verdict.Layer);
        writer.WriteString("summary", verdict.Summary);
        if (verdict.Fix.Length > 0) writer.WriteString("fix", verdict.Fix);
        if (inspection.Certificates is not { } certificates) return;
        writer.WriteStartArray("problems");
        foreach (var problem in certificates.Problems)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", Camel(problem.Kind.ToString()));
            writer.WriteString("detail", problem.Detail);
            writer.WriteString("confidence", Camel(problem.Confidence.ToString()));
            writer.WriteString("fix", CertificateRemedy.For(problem.Kind));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        Strings(writer, "remarks", certificates.Remarks.Select(static r => r.Detail));
        Strings(writer, "path", certificates.Path.Select(static c => c.ToString()));
        writer.WriteBoolean("reachedAnchor", certificates.ReachedAnchor);
        if (inspection.Anchors is { } anchors) writer.WriteString("anchors", anchors.Source);
    }

    private static void WriteHandshake(Utf8JsonWriter writer, TlsInspection inspection, TlsOutcome handshake)
    {
        writer.WriteStartObject("handshake");
        writer.WriteString("outcome", Camel(handshake.GetType().Name));
        writer.WriteMilliseconds("ms", handshake.Duration);
        if (handshake.Version is { } version) writer.WriteString("version", version.ToText());
        if (handshake.CipherSuite is { } suite) writer.WriteString("cipherSuite", suite);
        if (handshake is TlsOutcome.Completed { Session: var session })
        {
            if (session.KeyExchangeGroup is { } group) writer.WriteString("keyExchange", group);
            if (session.ServerSignatureScheme is { } scheme) writer.WriteString("signatureScheme", scheme);
            if (session.ApplicationProtocol is { } protocol) writer.WriteString("applicationProtocol", protocol);
            if (inspection.Resumption is { } tried)
            {
                writer.WriteStartObject("resumption");
                writer.WriteString("status", Camel(tried.Status.ToString()));
                writer.WriteString("by", tried.By);
                writer.WriteString("detail", tried.Detail);
                writer.WriteEndObject();
            }

            writer.WriteBoolean("ocspStapled", session.OcspStaple is not null);
            if (session.OcspStaple is { } staple)
            {
                writer.WriteStartObject("ocsp");
                writer.WriteString("status", Camel(staple.Status.ToString()));
                if (staple.ProducedAt is { } produced) writer.WriteString("producedAt", produced);
                if (staple.ThisUpdate is { } from) writer.WriteString("thisUpdate", from);
                if (staple.NextUpdate is { } next) writer.WriteString("nextUpdate", next);
                if (staple.RevokedAt is { } revoked) writer.WriteString("revokedAt", revoked);
                writer.WriteEndObject();
            }

            Strings(writer, "weaknesses", session.Weaknesses.Select(static w => w.Detail));
        }

        var alert = inspection.LateAlert ?? (handshake as TlsOutcome.AlertReceived)?.Alert;
        if (alert is { } received) writer.WriteString("alert", received.ToString());
        writer.WriteBoolean("clientCertificateRequested", handshake.CertificateRequest is not null);
        writer.WriteBoolean("helloRetryRequest", handshake.HelloRetryRequestSeen);
        writer.WriteStartArray("messages");
        foreach (var message in inspection.Messages)
        {
            writer.WriteStartObject();
            writer.WriteString("direction", message.Direction == TlsDirection.Sent ? "sent" : "received");
            writer.WriteString("name", message.Name);
            writer.WriteNumber("octets", message.Length);
            writer.WriteMilliseconds("atMs", message.At);
            writer.WriteBoolean("encrypted", message.IsEncrypted);
            writer.WriteString("carries", TlsMessageText.Describe(message, handshake.Version));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteCertificates(Utf8JsonWriter writer, TlsInspection inspection, DateTimeOffset now)
    {
        writer.WriteStartArray("certificates");
        foreach (var certificate in inspection.Handshake?.PeerChain ?? [])
        {
            writer.WriteStartObject();
            if (certificate.Defect is { } defect) writer.WriteString("defect", defect);
            writer.WriteString("subject", certificate.Subject);
            writer.WriteString("issuer", certificate.Issuer);
            Strings(writer, "names", [.. certificate.DnsNames, .. certificate.IpAddresses.Select(static a => a.ToString())]);
            writer.WriteString("notBefore", Time(certificate.NotBefore));
            writer.WriteString("notAfter", Time(certificate.NotAfter));
            writer.WriteNumber("daysLeft", TlsReport.DaysLeft(certificate, now));
            writer.WriteBoolean("expiresSoon", TlsReport.ExpiresSoon(certificate, now));
            writer.WriteString("key", certificate.KeyName);
            writer.WriteNumber("keyBits", certificate.KeyBits);
            writer.WriteString("keyUsage", certificate.KeyUsage);
            writer.WriteString("signatureAlgorithm", certificate.SignatureAlgorithm);
            writer.WriteString("serial", certificate.SerialNumber);
            writer.WriteString("sha256", certificate.Sha256Fingerprint);
            writer.WriteString("publicKeySha256", certificate.PublicKeySha256);
            writer.WriteNumber("timestamps", certificate.Timestamps.Count);
            writer.WriteStartArray("sct");
            foreach (var stamp in certificate.Timestamps)
            {
                writer.WriteStartObject();
                writer.WriteString("logId", stamp.LogId);
                writer.WriteString("time", stamp.Time);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteBoolean("isAuthority", certificate.IsAuthority);
            writer.WriteBoolean("isSelfSigned", certificate.IsSelfSigned);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteSurveys(Utf8JsonWriter writer, TlsInspection inspection)
    {
        if (inspection.Versions.Count > 0)
        {
            writer.WriteStartArray("versions");
            foreach (var answer in inspection.Versions)
            {
                writer.WriteStartObject();
                writer.WriteString("version", answer.Version.ToText());
                writer.WriteString("support", Camel(answer.Support.ToString()));
                writer.WriteString("detail", answer.Detail);
                if (answer.CipherSuite is { } suite) writer.WriteString("cipherSuite", suite);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        if (inspection.Suites.Count == 0) return;
        writer.WriteStartArray("suites");
        foreach (var survey in inspection.Suites)
        {
            writer.WriteStartObject();
            writer.WriteString("version", survey.Version.ToText());
            Strings(writer, "suites", survey.Suites);
            writer.WriteBoolean("isComplete", survey.IsComplete);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Strings(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts) writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
