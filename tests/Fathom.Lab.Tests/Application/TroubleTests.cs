using Fathom.Diagnosis;
using Fathom.Lab.Scenarios;
using Fathom.Lab.Tests.Matrix;

namespace Fathom.Lab.Tests.Application;

/// <summary>What services do wrong on purpose, as scenario files say it.</summary>
public class TroubleTests
{
    private const string Text = """
        title: T
        from: a
        target: https://b.example/
        networks:
          lan: { delay: 1ms }
        hosts:
          a:
            interfaces:
              eth0: { network: lan, addresses: [192.0.2.1/24] }
            resolvers: [192.0.2.2]
          b:
            interfaces:
              eth0: { network: lan, addresses: [192.0.2.2/24] }
            services:
              dns: { zones: [example], trouble: DNS }
              web: { names: [b.example], trouble: { WEB } }
        zones:
          example: |
            @ IN SOA b hostmaster 1 3600 600 86400 60
            @ IN NS b
            b IN A 192.0.2.2
        """;

    [Theory]
    [InlineData("certificate: expired", Causes.TlsExpired)]
    [InlineData("certificate: not-yet-valid", Causes.TlsNotYetValid)]
    [InlineData("certificate: other-name", Causes.TlsNameMismatch)]
    [InlineData("certificate: self-signed", Causes.TlsSelfSigned)]
    [InlineData("certificate: unknown-issuer", Causes.TlsUntrustedIssuer)]
    [InlineData("certificate: no-intermediate", Causes.TlsIncompleteChain)]
    [InlineData("certificate: weak-key", Causes.TlsWeak)]
    [InlineData("tls: old-versions", Causes.TlsVersionUnsupported)]
    [InlineData("tls: odd-suites", Causes.TlsCipherUnsupported)]
    [InlineData("tls: client-certificate", Causes.TlsClientCertificateRequired)]
    [InlineData("tls: not-tls", Causes.TlsNotTls)]
    [InlineData("tls: alert", Causes.TlsHandshakeRefused)]
    [InlineData("tls: closes", Causes.TlsHandshakeRefused)]
    [InlineData("tls: silent", Causes.TcpStalled)]
    [InlineData("other-scheme: true", Causes.HttpWrongScheme)]
    [InlineData("status: 404", Causes.HttpClientError)]
    [InlineData("status: 503", Causes.HttpServerError)]
    [InlineData("status: 504", Causes.HttpUpstreamError)]
    [InlineData("response: redirect-loop", Causes.HttpRedirectLoop)]
    [InlineData("response: truncated", Causes.HttpTruncated)]
    [InlineData("response: malformed", Causes.HttpMalformed)]
    [InlineData("response: silent", Causes.HttpTimeout)]
    [InlineData("response: closes", Causes.TcpClosedEarly)]
    [InlineData("cookies: insecure", Causes.CookieInsecure)]
    [InlineData("cookies: rejected", Causes.CookieRejected)]
    [InlineData("no-security-fields: true", Causes.HttpInsecureHeaders)]
    [InlineData("close: reset", Causes.CloseReset)]
    [InlineData("close: no-close-notify", Causes.CloseNoCloseNotify)]
    public void A_web_server_does_what_its_trouble_says(string trouble, string cause)
    {
        var report = Check(Text.Replace(", trouble: DNS", "", StringComparison.Ordinal).Replace("WEB", trouble, StringComparison.Ordinal));
        Assert.True(report.Findings.Any(f => f.Cause == cause && f.Follows is null) && (report.Verdict.Root?.Cause ?? cause) == cause, MatrixRun.Describe(report));
    }

    [Theory]
    [InlineData("servfail", Causes.DnsServfail)]
    [InlineData("refused", Causes.DnsRefused)]
    [InlineData("nxdomain", Causes.DnsNxdomain)]
    [InlineData("no-records", Causes.DnsNoAddress)]
    [InlineData("alias-loop", Causes.DnsCnameLoop)]
    [InlineData("malformed", Causes.DnsMalformed)]
    [InlineData("hijacked", Causes.DnsHijacked)]
    [InlineData("bogus", Causes.DnsDnssecBogus)]
    [InlineData("silent", Causes.DnsServerUnreachable)]
    public void A_DNS_server_does_what_its_trouble_says(string trouble, string cause)
    {
        // The host asks it directly: what it says is what the check sees. For a name outside its zones it refuses, and does not know what cannot exist.
        var text = Text.Replace("DNS", trouble, StringComparison.Ordinal).Replace(", trouble: { WEB }", "", StringComparison.Ordinal);
        if (trouble == "hijacked") text = text.Replace("zones: [example]", "zones: [example, invalid]", StringComparison.Ordinal) + "\n  invalid: |\n    @ IN SOA b hostmaster 1 3600 600 86400 60\n    @ IN NS b.example.\n";
        var report = Check(text);
        Assert.True(report.Verdict.Root?.Cause == cause, MatrixRun.Describe(report));
    }

    [Theory]
    [InlineData("response: slow")]
    [InlineData("")]
    public void A_slow_server_and_a_good_one_work(string trouble)
    {
        var report = Check(Text.Replace(", trouble: DNS", "", StringComparison.Ordinal).Replace("WEB", trouble, StringComparison.Ordinal));
        Assert.True(report.Verdict is { Status: VerdictStatus.Works, Root: null } && report.Findings.Count == 0, MatrixRun.Describe(report));
    }

    [Theory]
    [InlineData("certificate: old", "expected expired, not-yet-valid")]
    [InlineData("status: 200", "from 400 to 599")]
    [InlineData("reponse: slow", "'reponse' is not known here")]
    public void A_trouble_that_nobody_knows_is_refused(string trouble, string words)
    {
        Assert.False(ScenarioReader.TryRead(Text.Replace(", trouble: DNS", "", StringComparison.Ordinal).Replace("WEB", trouble, StringComparison.Ordinal), out _, out var error));
        Assert.Equal(16, error.Line);
        Assert.Contains(words, error.Reason, StringComparison.Ordinal);
    }

    private static CheckReport Check(string text)
    {
        Assert.True(ScenarioReader.TryRead(text, out var scenario, out var error), error?.ToString());
        using var world = LabWorld.Create(scenario);
        return MatrixRun.Check(world, scenario.From, scenario.Target, captures: true);
    }
}
