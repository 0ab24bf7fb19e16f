using Fathom.Probes.Application.Tls;
using Fathom.Wire.Application.Tls;

namespace Fathom.Diagnosis.Application.Tls;

/// <summary>What the TLS stage shows.</summary>
internal static class TlsReporting
{
    public static string Summary(ExchangeResult exchange) => exchange.Tls is TlsOutcome.Completed { Session: var session } tls
        ? $"{session.Version.ToText()} in {Text.Ms(tls.Duration)}{Valid(tls)}"
        : TlsWords.Describe(exchange.Tls!);

    public static IReadOnlyList<Fact> Facts(ExchangeResult exchange)
    {
        var tls = exchange.Tls!;
        var facts = new List<Fact>();
        if (tls.Version is { } version) facts.Add(new Fact("version", version.ToText()));
        if (tls.CipherSuite is { } suite) facts.Add(new Fact("cipherSuite", suite));
        if (tls is TlsOutcome.Completed { Session: var session })
        {
            if (session.KeyExchangeGroup is { } group) facts.Add(new Fact("keyExchange", group));
            if (session.ApplicationProtocol is { } protocol) facts.Add(new Fact("applicationProtocol", protocol));
        }

        if (exchange.Certificates is { } verdict) facts.Add(new Fact("trusted", verdict.IsTrusted));
        if (tls.PeerChain.Count > 0) facts.Add(new Fact("certificates", tls.PeerChain.Select(Certificate).ToArray()));
        return facts;
    }

    private static string Valid(TlsOutcome tls) => tls.PeerChain.Count > 0 && tls.PeerChain[0].Defect is null ? $", certificate until {tls.PeerChain[0].NotAfter:yyyy-MM-dd}" : string.Empty;

    private static IReadOnlyList<Fact> Certificate(TlsCertificate certificate) => certificate.Defect is { } defect
        ? [new Fact("defect", defect)]
        :
        [
            new Fact("subject", certificate.Subject),
            new Fact("issuer", certificate.Issuer),
            new Fact("notBefore", certificate.NotBefore.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)),
            new Fact("notAfter", certificate.NotAfter.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)),
            new Fact("names", certificate.DnsNames.Concat(certificate.IpAddresses.Select(static a => a.ToString())).ToArray()),
            new Fact("key", certificate.KeyName),
            new Fact("sha256", certificate.Sha256Fingerprint),
        ];
}
