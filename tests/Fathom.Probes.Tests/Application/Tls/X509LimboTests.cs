using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Fathom.Hosts.Application;
using Fathom.Probes.Application.Tls.Certificates;
using Fathom.Probes.Tests.Application.Tls.Support;

namespace Fathom.Probes.Tests.Application.Tls;

/// <summary>
/// x509-limbo, commit 8a2e6f4: 193 cases of path validation. An expected SUCCESS must give no problem. An
/// expected FAILURE must give a problem, or a remark that names the rule: limbo includes rules that clients in
/// use let pass, and these are remarks here.
/// </summary>
public sealed class X509LimboTests
{
    /// <summary>Cases whose answer differs on purpose.</summary>
    private static readonly Dictionary<string, string> Waived = new()
    {
        ["crl::crlnumber-missing"] = "revocation is not checked",
        ["crl::crlnumber-critical"] = "revocation is not checked",
        ["crl::issuer-missing-crlsign"] = "revocation is not checked",
        ["crl::revoked-certificate-with-crl"] = "revocation is not checked",
        ["pathlen::max-chain-depth-0-exhausted"] = "the depth is not an option here",
        ["pathlen::max-chain-depth-1-exhausted"] = "the depth is not an option here",
        ["pathlen::validation-ignores-pathlen-in-leaf"] = "the leaf's key usage (keyCertSign only) does not allow TLS, which is checked here as OpenSSL does",
        ["rfc5280::ca-as-leaf"] = "as above",
        ["webpki::san::public-suffix-multi-label-wildcard-san"] = "no public suffix list here",
        ["webpki::san::public-suffix-private-namespace-wildcard-san"] = "no public suffix list here",
    };

    [Fact]
    public void AllCases()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(ConformanceData.Path("tls", "x509-limbo", "limbo.generated.json")));
        var wrong = new List<string>();
        var differing = new HashSet<string>();
        int asProblem = 0, asRemark = 0, succeeded = 0;
        foreach (var test in document.RootElement.GetProperty("testcases").EnumerateArray())
        {
            var id = test.GetProperty("id").GetString()!;
            var isSuccess = test.GetProperty("expected_result").GetString() == "SUCCESS";
            var verdict = Validate(test);
            Assert.InRange(verdict.SignatureChecks, 0, 100);
            if (isSuccess == verdict.IsTrusted && isSuccess) succeeded++;
            else if (!isSuccess && !verdict.IsTrusted) asProblem++;
            else if (!isSuccess && verdict.Remarks.Count > 0 && !Waived.ContainsKey(id)) asRemark++;
            else if (!Waived.ContainsKey(id)) wrong.Add($"{id}: {string.Join(" | ", verdict.Problems.Select(problem => problem.Detail))}");
            else differing.Add(id);
        }

        Assert.Empty(wrong);
        Assert.Equal(Waived.Keys.Order(StringComparer.Ordinal), differing.Order(StringComparer.Ordinal));
        Assert.Equal((47, 94, 42, 10), (succeeded, asProblem, asRemark, differing.Count));
    }

    [Theory]
    [InlineData("webpki::cryptographydotio-chain-missing-intermediate", CertificateProblemKind.IncompleteChain)]
    [InlineData("rfc5280::chain-untrusted-root", CertificateProblemKind.UntrustedIssuer)]
    [InlineData("rfc5280::validity::expired-intermediate", CertificateProblemKind.Expired)]
    [InlineData("rfc5280::validity::not-yet-valid-1-second", CertificateProblemKind.NotYetValid)]
    [InlineData("pathlen::intermediate-violates-pathlen-0", CertificateProblemKind.PathLength)]
    [InlineData("rfc5280::nc::excluded-ipv6-match", CertificateProblemKind.NameConstraints)]
    [InlineData("rfc5280::eku::ee-wrong-eku", CertificateProblemKind.NotForServers)]
    [InlineData("rfc5280::intermediate-ca-without-ca-bit", CertificateProblemKind.BasicConstraints)]
    [InlineData("rfc5280::unknown-critical-extension-intermediate", CertificateProblemKind.UnknownCriticalExtension)]
    [InlineData("rfc5280::duplicate-extensions", CertificateProblemKind.Malformed)]
    [InlineData("webpki::san::wildcard-match-across-labels-san", CertificateProblemKind.NameMismatch)]
    [InlineData("webpki::forbidden-weak-rsa-in-leaf", CertificateProblemKind.WeakKey)]
    [InlineData("webpki::forbidden-p192-root", CertificateProblemKind.WeakKey)]
    [InlineData("webpki::forbidden-dsa-root", CertificateProblemKind.WeakKey)]
    [InlineData("webpki::explicit-curve", CertificateProblemKind.Malformed)]
    public void TheKindOfProblemIsNamed(string id, CertificateProblemKind kind)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(ConformanceData.Path("tls", "x509-limbo", "limbo.generated.json")));
        var test = document.RootElement.GetProperty("testcases").EnumerateArray().Single(test => test.GetProperty("id").GetString() == id);

        var verdict = Validate(test);

        Assert.Contains(verdict.Problems, problem => problem.Kind == kind);
        Assert.DoesNotContain(verdict.Problems, problem => problem.Kind == CertificateProblemKind.BadSignature);
    }

    private static CertificateVerdict Validate(JsonElement test)
    {
        var chain = new List<TlsCertificate> { Read(test.GetProperty("peer_certificate")) };
        chain.AddRange(test.GetProperty("untrusted_intermediates").EnumerateArray().Select(Read));
        var anchors = new TrustAnchors([.. test.GetProperty("trusted_certs").EnumerateArray().Select(FromPem)], "limbo");
        var time = test.GetProperty("validation_time").GetString();
        // Without a time the certificates run from 1970 to 2969.
        var now = time is null ? TestAuthority.Now : DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
        var isServer = test.GetProperty("validation_kind").GetString() == "SERVER";
        var name = isServer && test.GetProperty("expected_peer_name") is { ValueKind: JsonValueKind.Object } peer ? peer.GetProperty("value").GetString() : null;
        return CertificateValidator.Validate(chain, new AnchorIndex(anchors), name, now, isServer ? Oids.ServerAuthentication : Oids.ClientAuthentication);
    }

    private static TlsCertificate Read(JsonElement pem) => TlsCertificate.Read(FromPem(pem));

    private static ReadOnlyMemory<byte> FromPem(JsonElement element)
    {
        var pem = element.GetString()!;
        return Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]);
    }
}
