using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Fathom.Hosts.Os;
using Fathom.Probes.Application.Tls;
using Fathom.Services.Application.Tls;

namespace Fathom.Services.Tests.Application.Tls;

/// <summary>Certificates of the lab authority, judged by .NET's own chain engine.</summary>
public sealed class LabAuthorityTests
{
    private static readonly OsHost Host = OsHost.Create();

    [Theory]
    [InlineData(LabKeyType.EcdsaP256)]
    [InlineData(LabKeyType.EcdsaP384)]
    [InlineData(LabKeyType.Rsa2048)]
    public void A_chain_is_good_for_others(LabKeyType key)
    {
        var root = LabAuthority.CreateRoot(Host, "Root");
        var identity = root.CreateIntermediate("Intermediate").Issue(["www.example", "192.0.2.1"], new LabCertificateOptions { Key = key });
        using var leaf = X509CertificateLoader.LoadCertificate(identity.Chain[0].Span);
        using var middle = X509CertificateLoader.LoadCertificate(identity.Chain[1].Span);
        using var anchor = X509CertificateLoader.LoadCertificate(root.Certificate.Der.Span);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.Add(anchor);
        chain.ChainPolicy.ExtraStore.Add(middle);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        Assert.True(chain.Build(leaf), string.Join(", ", chain.ChainStatus.Select(static s => s.StatusInformation)));
        Assert.True(leaf.MatchesHostname("www.example"));
        Assert.True(leaf.MatchesHostname("192.0.2.1"));
        Assert.False(leaf.MatchesHostname("other.example"));
        Assert.Equal(2, identity.Chain.Count);
        Assert.Empty(CertificateValidator.Validate([.. identity.Chain.Select(TlsCertificate.Read)], root.Anchors, "www.example", Host.Time.GetUtcNow()).Problems);
    }

    [Fact]
    public void A_certificate_that_was_made_bad_is_found_bad()
    {
        var root = LabAuthority.CreateRoot(Host, "Root");
        var now = Host.Time.GetUtcNow();
        CertificateProblemKind[] Judge(TlsServerIdentity identity, string name) => [.. CertificateValidator.Validate([.. identity.Chain.Select(TlsCertificate.Read)], root.Anchors, name, now).Problems.Select(static p => p.Kind)];
        Assert.Equal([CertificateProblemKind.Expired], Judge(root.Issue(["a.example"], new LabCertificateOptions { NotBefore = now.AddDays(-9), NotAfter = now.AddDays(-1) }), "a.example"));
        Assert.Equal([CertificateProblemKind.NotYetValid], Judge(root.Issue(["a.example"], new LabCertificateOptions { NotBefore = now.AddDays(1) }), "a.example"));
        Assert.Equal([CertificateProblemKind.NameMismatch], Judge(root.Issue(["a.example"], new LabCertificateOptions { OmitNames = true }), "a.example"));
        Assert.Equal([CertificateProblemKind.SelfSigned], Judge(LabAuthority.SelfSigned(Host, ["a.example"]), "a.example"));
        Assert.Equal([CertificateProblemKind.UntrustedIssuer], Judge(LabAuthority.CreateRoot(Host, "Other").Issue(["a.example"]), "a.example"));
    }

    [Theory]
    [InlineData(LabKeyType.EcdsaP256)]
    [InlineData(LabKeyType.Rsa2048)]
    [InlineData(LabKeyType.Ed25519)]
    public void An_identity_goes_through_pem_and_back(LabKeyType key)
    {
        var identity = LabAuthority.CreateRoot(Host, "Root").CreateIntermediate("I").Issue(["a.example"], new LabCertificateOptions { Key = key });
        Assert.True(TlsServerIdentity.TryFromPem(identity.ToPem(), identity.KeyToPem(), out var again, out var reason), reason);
        Assert.Equal(identity.Certificate.Sha256Fingerprint, again.Certificate.Sha256Fingerprint);
        Assert.Equal(2, again.Chain.Count);
    }

    [Fact]
    public void Keys_of_OpenSSLs_older_formats_are_read()
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Check(new CertificateRequest("CN=a", ec, HashAlgorithmName.SHA256), ec.ExportECPrivateKeyPem());
        using var rsa = RSA.Create(2048);
        Check(new CertificateRequest("CN=a", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), rsa.ExportRSAPrivateKeyPem());

        static void Check(CertificateRequest request, string key)
        {
            using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1));
            Assert.True(TlsServerIdentity.TryFromPem(certificate.ExportCertificatePem(), key, out _, out var reason), reason);
        }
    }

    [Fact]
    public void What_is_no_identity_is_refused_with_the_reason()
    {
        var one = LabAuthority.SelfSigned(Host, ["a.example"]);
        var other = LabAuthority.SelfSigned(Host, ["a.example"]);
        Assert.False(TlsServerIdentity.TryFromPem("", one.KeyToPem(), out _, out var reason));
        Assert.Contains("no certificate", reason, StringComparison.Ordinal);
        Assert.False(TlsServerIdentity.TryFromPem(one.ToPem(), one.ToPem(), out _, out reason));
        Assert.Contains("no private key", reason, StringComparison.Ordinal);
        Assert.False(TlsServerIdentity.TryFromPem(one.ToPem(), other.KeyToPem(), out _, out reason));
        Assert.Contains("not that of", reason, StringComparison.Ordinal);
        Assert.False(TlsServerIdentity.TryFromPem(one.ToPem(), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", out _, out reason));
        Assert.Contains("cannot be read", reason, StringComparison.Ordinal);
    }
}
