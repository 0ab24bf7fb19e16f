using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Fathom.Hosts.Application;
using Fathom.Probes.Tests.Application.Tls.Support;

namespace Fathom.Probes.Tests.Application.Tls;

/// <summary>The causes that check-contract.md tells apart, on certificates made by the BCL.</summary>
public sealed class CertificateValidatorTests : IDisposable
{
    private readonly TestAuthority _root = TestAuthority.Root("CN=Good Root X1, O=Good Trust, C=US");

    public void Dispose() => _root.Dispose();

    [Fact]
    public void GoodChainInAnyOrderWithStrangersBetween()
    {
        using var first = _root.Intermediate("CN=One");
        using var second = first.Intermediate("CN=Two");
        using var stranger = TestAuthority.Root("CN=Stranger");
        using var leaf = second.Leaf("www.example.org");

        var verdict = Validate([Tls(leaf), stranger.Tls, first.Tls, _root.Tls, second.Tls], "www.example.org");

        Assert.Empty(verdict.Problems);
        Assert.True(verdict.ReachedAnchor);
        Assert.Equal(["CN=www.example.org", "CN=Two", "CN=One", "C=US, O=Good Trust, CN=Good Root X1"], verdict.Path.Select(certificate => certificate.Subject));
        Assert.Equal(3, verdict.SignatureChecks);
    }

    [Fact]
    public void ExpiredForAWrongNameHasTwoProblems()
    {
        using var leaf = _root.Leaf("www.example.org", TestAuthority.Now.AddDays(-20), TestAuthority.Now.AddDays(-3));

        var verdict = Validate([Tls(leaf)], "shop.example.org");

        Assert.Equal([CertificateProblemKind.Expired, CertificateProblemKind.NameMismatch], Kinds(verdict));
        Assert.Equal(TimeSpan.FromDays(3), verdict.Problems[0].By);
        Assert.True(verdict.Problems[0].IsAboutLeaf);
        Assert.Equal(["www.example.org"], verdict.Problems[1].Names);
    }

    [Fact]
    public void NotYetValidSaysHowLong()
    {
        using var leaf = _root.Leaf("www.example.org", TestAuthority.Now.AddHours(5));

        var problem = Assert.Single(Validate([Tls(leaf)], "www.example.org").Problems);

        Assert.Equal(CertificateProblemKind.NotYetValid, problem.Kind);
        Assert.Equal(TimeSpan.FromHours(5), problem.By);
    }

    [Fact]
    public void SelfSignedLeaf()
    {
        using var leaf = TestAuthority.SelfSignedLeaf("www.example.org");

        var problem = Assert.Single(Validate([Tls(leaf)], "www.example.org").Problems);

        Assert.Equal((CertificateProblemKind.SelfSigned, ProblemConfidence.Certain), (problem.Kind, problem.Confidence));
        Assert.True(Tls(leaf).IsSelfSigned);
    }

    [Fact]
    public void SelfSignedLeafThatIsTrusted()
    {
        using var leaf = TestAuthority.SelfSignedLeaf("www.example.org");

        var verdict = CertificateValidator.Validate([Tls(leaf)], new TrustAnchors([leaf.RawData], "test"), "www.example.org", TestAuthority.Now);

        Assert.Empty(verdict.Problems);
        Assert.Single(verdict.Path);
    }

    [Fact]
    public void RootThatWasSentAndIsNotTrusted()
    {
        using var other = TestAuthority.Root("CN=Other Root");
        using var intermediate = other.Intermediate("CN=Other Intermediate");
        using var leaf = intermediate.Leaf("www.example.org");

        var problem = Assert.Single(Validate([Tls(leaf), intermediate.Tls, other.Tls], "www.example.org").Problems);

        Assert.Equal((CertificateProblemKind.UntrustedIssuer, ProblemConfidence.Certain), (problem.Kind, problem.Confidence));
        Assert.Null(problem.Alternative);
        Assert.Equal("CN=Other Root", problem.MissingIssuer);
    }

    [Fact]
    public void IntermediateOfAnUnknownRoot()
    {
        using var other = TestAuthority.Root("CN=Other Root");
        using var intermediate = other.Intermediate("CN=Other Intermediate");
        using var leaf = intermediate.Leaf("www.example.org");

        AssertEnding([Tls(leaf), intermediate.Tls], CertificateProblemKind.UntrustedIssuer, ProblemConfidence.Likely, CertificateProblemKind.IncompleteChain);
    }

    [Theory]
    [InlineData("O=Good Trust")]
    [InlineData("CN=Issuing CA 7")]
    [InlineData("CN=acme-intermediate")]
    public void IntermediateNotSent(string name)
    {
        using var intermediate = _root.Intermediate(name);
        using var leaf = intermediate.Leaf("www.example.org");

        var problem = AssertEnding([Tls(leaf)], CertificateProblemKind.IncompleteChain, ProblemConfidence.Likely, CertificateProblemKind.UntrustedIssuer);

        Assert.Equal(name, problem.MissingIssuer);
        Assert.NotNull(problem.Reason);
    }

    [Fact]
    public void IntermediateNotSentOfAnAuthorityKnownByItsFirstName()
    {
        using var root = TestAuthority.Root("CN=Fathom Root");
        using var intermediate = root.Intermediate("CN=Fathom Server Signer");
        using var leaf = intermediate.Leaf("www.example.org");

        var problem = Assert.Single(CertificateValidator.Validate([Tls(leaf)], root.Anchors, "www.example.org", TestAuthority.Now).Problems);

        Assert.Equal((CertificateProblemKind.IncompleteChain, ProblemConfidence.Likely), (problem.Kind, problem.Confidence));
    }

    [Fact]
    public void IntermediateNotSentAndItsAddressGiven()
    {
        using var other = TestAuthority.Root("CN=Somebody");
        using var leaf = other.Leaf("www.example.org", change: request
            => request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(null, ["http://ca.example/i.der"])));

        var problem = AssertEnding([Tls(leaf)], CertificateProblemKind.IncompleteChain, ProblemConfidence.Likely, CertificateProblemKind.UntrustedIssuer);

        Assert.Equal(["http://ca.example/i.der"], problem.IssuerUrls);
    }

    [Fact]
    public void LeafOfAnUnknownRootThatWasNotSent()
    {
        using var named = TestAuthority.Root("CN=Homemade Root CA");
        using var unnamed = TestAuthority.Root("CN=Homemade");
        using var fromNamed = named.Leaf("www.example.org");
        using var fromUnnamed = unnamed.Leaf("www.example.org");

        AssertEnding([Tls(fromNamed)], CertificateProblemKind.UntrustedIssuer, ProblemConfidence.Likely, CertificateProblemKind.IncompleteChain);
        AssertEnding([Tls(fromUnnamed)], CertificateProblemKind.UntrustedIssuer, ProblemConfidence.Possible, CertificateProblemKind.IncompleteChain);
    }

    [Fact]
    public void AuthorityKeyIdentifierThatNamesTheIssuersIssuerMakesItCertain()
    {
        using var intermediate = _root.Intermediate("CN=Whatever");
        using var fromIntermediate = intermediate.Leaf("www.example.org", identify: false, change: Identify(intermediate));
        using var other = TestAuthority.Root("CN=Other");
        using var fromOther = other.Leaf("www.example.org", identify: false, change: Identify(other));

        AssertEnding([Tls(fromIntermediate)], CertificateProblemKind.IncompleteChain, ProblemConfidence.Certain, null);
        AssertEnding([Tls(fromOther)], CertificateProblemKind.UntrustedIssuer, ProblemConfidence.Certain, null);

        static Action<CertificateRequest> Identify(TestAuthority authority)
            => request => request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority.Certificate, true, true));
    }

    [Fact]
    public void AnotherAuthorityOfATrustedName()
    {
        using var namesake = _root.Namesake();
        using var leaf = namesake.Leaf("www.example.org");

        AssertEnding([Tls(leaf)], CertificateProblemKind.UntrustedIssuer, ProblemConfidence.Certain, null);
    }

    [Fact]
    public void SignatureThatTheIssuerDidNotMake()
    {
        using var leaf = _root.Leaf("www.example.org");
        var octets = leaf.RawData;
        octets[^1] ^= 1;

        var problem = Assert.Single(Validate([TlsCertificate.Read(octets)], "www.example.org").Problems);

        Assert.Equal((CertificateProblemKind.BadSignature, ProblemConfidence.Certain), (problem.Kind, problem.Confidence));
    }

    [Fact]
    public void ExpiredIntermediateIsNotAboutTheLeafAndACrossSignMendsIt()
    {
        using var expired = _root.Intermediate("CN=Cross", notAfter: TestAuthority.Now.AddDays(-1));
        using var leaf = expired.Leaf("www.example.org", TestAuthority.Now.AddDays(-10));
        var mended = Reissue(expired, _root);

        var alone = Validate([Tls(leaf), expired.Tls], "www.example.org");
        var both = Validate([Tls(leaf), expired.Tls, mended], "www.example.org");

        Assert.Equal([CertificateProblemKind.Expired], Kinds(alone));
        Assert.False(alone.Problems[0].IsAboutLeaf);
        Assert.Empty(both.Problems);
    }

    [Fact]
    public void AddressesAreComparedByOctets()
    {
        using var leaf = _root.Leaf("192.0.2.9", address: IPAddress.Parse("2001:db8::1"));

        Assert.Empty(Validate([Tls(leaf)], "2001:DB8:0::1").Problems);
        Assert.Empty(Validate([Tls(leaf)], "[2001:db8::1]").Problems);
        Assert.Equal([CertificateProblemKind.NameMismatch], Kinds(Validate([Tls(leaf)], "2001:db8::2")));
        Assert.Equal([CertificateProblemKind.NameMismatch], Kinds(Validate([Tls(leaf)], "192.0.2.9"))); // only a DNS name says so
    }

    [Theory]
    [InlineData(1024, CertificateProblemKind.WeakKey)]
    [InlineData(2048, null)]
    public void RsaKeys(int bits, CertificateProblemKind? kind)
    {
        using var leaf = _root.RsaLeaf("www.example.org", bits);

        var verdict = Validate([Tls(leaf)], "www.example.org");

        Assert.Equal(kind is { } expected ? [expected] : [], Kinds(verdict));
        Assert.Equal($"RSA {bits}", Tls(leaf).KeyName);
    }

    [Theory]
    [InlineData("SHA256", true)]
    [InlineData("SHA384", true)]
    [InlineData("SHA512", true)]
    [InlineData("SHA512", false)]
    [InlineData("SHA256", false)]
    public void RsaSignaturesAreVerified(string hash, bool isPkcs1)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=www.example.org", key, new HashAlgorithmName(hash), isPkcs1 ? RSASignaturePadding.Pkcs1 : RSASignaturePadding.Pss);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("www.example.org");
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.CreateSelfSigned(TestAuthority.Now.AddDays(-1), TestAuthority.Now.AddDays(1));
        var certificate = Tls(signed);

        var verdict = Validate([certificate], "www.example.org");

        Assert.True(certificate.IsSelfSigned);
        Assert.Equal([CertificateProblemKind.SelfSigned], Kinds(verdict));

        var forged = signed.RawData;
        forged[^40] ^= 4;
        Assert.False(TlsCertificate.Read(forged).IsSelfSigned);
    }

    [Fact]
    public void SignatureOverSha1IsVerifiedAndWeak()
    {
        using var authorityKey = RSA.Create(2048);
        var request = new CertificateRequest("CN=Old CA", authorityKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = request.CreateSelfSigned(TestAuthority.Now.AddDays(-1), TestAuthority.Now.AddDays(1));
        var leafRequest = new CertificateRequest("CN=www.example.org", authorityKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("www.example.org");
        leafRequest.CertificateExtensions.Add(names.Build());
        using var leaf = leafRequest.Create(authority.SubjectName, new Sha1Generator(authorityKey), TestAuthority.Now.AddDays(-1), TestAuthority.Now.AddDays(1), [1]);

        var verdict = CertificateValidator.Validate([Tls(leaf)], new TrustAnchors([authority.RawData], "test"), "www.example.org", TestAuthority.Now);

        Assert.Equal([CertificateProblemKind.WeakSignature], Kinds(verdict));
        Assert.Equal("sha1WithRSA", Tls(leaf).SignatureAlgorithm);
    }

    [Fact]
    public void NoCertificate()
        => Assert.Equal([CertificateProblemKind.NoCertificate], Kinds(Validate([], "www.example.org")));

    [Fact]
    public void EveryTruncationAndManyFlipsAreReadWithoutException()
    {
        using var intermediate = _root.Intermediate("CN=One", pathLength: 0);
        using var leaf = intermediate.Leaf("www.example.org");
        var octets = leaf.RawData;
        for (var length = 0; length < octets.Length; length++)
        {
            var verdict = Validate([TlsCertificate.Read(octets.AsMemory(0, length)), intermediate.Tls], "www.example.org");
            Assert.False(verdict.IsTrusted);
        }

        for (var bit = 0; bit < octets.Length * 8; bit += 3)
        {
            var flipped = (byte[])octets.Clone();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Validate([TlsCertificate.Read(flipped), intermediate.Tls], "www.example.org").IsTrusted);
        }
    }

    [Fact]
    public void FieldsOfACertificate()
    {
        using var leaf = _root.Leaf("www.example.org", address: IPAddress.Parse("192.0.2.1"));
        var certificate = Tls(leaf);

        Assert.Null(certificate.Defect);
        Assert.Equal("CN=www.example.org", certificate.Subject);
        Assert.Equal("C=US, O=Good Trust, CN=Good Root X1", certificate.Issuer);
        Assert.Equal(["www.example.org"], certificate.DnsNames);
        Assert.Equal("192.0.2.1", Assert.Single(certificate.IpAddresses).ToString());
        Assert.Equal(leaf.NotBefore.ToUniversalTime(), certificate.NotBefore.UtcDateTime);
        Assert.Equal(leaf.NotAfter.ToUniversalTime(), certificate.NotAfter.UtcDateTime);
        Assert.Equal(leaf.SerialNumber, certificate.SerialNumber, ignoreCase: true);
        Assert.Equal(leaf.GetCertHashString(HashAlgorithmName.SHA256), certificate.Sha256Fingerprint, ignoreCase: true);
        Assert.Equal(("ECDSA P-256", 256, TlsKeyType.EllipticCurve), (certificate.KeyName, certificate.KeyBits, certificate.KeyType));
        Assert.Equal("ecdsa-with-SHA256", certificate.SignatureAlgorithm);
        Assert.False(certificate.IsSelfIssued);
        Assert.False(certificate.IsAuthority);
    }

    [Fact]
    public void TextOfNamesCannotDriveATerminal()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName("a\u001b[31m\u202eb\\");
        using var certificate = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256).CreateSelfSigned(TestAuthority.Now, TestAuthority.Now.AddDays(1));

        Assert.Equal("CN=a\\u{1b}[31m\\u{202e}b\\\\", Tls(certificate).Subject);
    }

    private static TlsCertificate Reissue(TestAuthority authority, TestAuthority issuer)
    {
        var request = new CertificateRequest(authority.Certificate.SubjectName, authority.Certificate.PublicKey, HashAlgorithmName.SHA256);
        foreach (var extension in authority.Certificate.Extensions) request.CertificateExtensions.Add(extension);
        var generator = X509SignatureGenerator.CreateForECDsa(issuer.Certificate.GetECDsaPrivateKey()!);
        using var signed = request.Create(issuer.Certificate.SubjectName, generator, TestAuthority.Now.AddDays(-5), TestAuthority.Now.AddDays(5), [1, 2, 3]);
        return Tls(signed);
    }

    private CertificateProblem AssertEnding(IReadOnlyList<TlsCertificate> chain, CertificateProblemKind kind, ProblemConfidence confidence, CertificateProblemKind? alternative)
    {
        var verdict = Validate(chain, "www.example.org");
        var problem = Assert.Single(verdict.Problems);
        Assert.Equal((kind, confidence, alternative), (problem.Kind, problem.Confidence, problem.Alternative));
        Assert.False(verdict.ReachedAnchor);
        return problem;
    }

    private CertificateVerdict Validate(IReadOnlyList<TlsCertificate> chain, string name)
        => CertificateValidator.Validate(chain, _root.Anchors, name, TestAuthority.Now);

    private static CertificateProblemKind[] Kinds(CertificateVerdict verdict) => [.. verdict.Problems.Select(problem => problem.Kind)];

    private static TlsCertificate Tls(X509Certificate2 certificate) => TlsCertificate.Read(certificate.RawData);

    private sealed class Sha1Generator(RSA key) : X509SignatureGenerator
    {
        private readonly X509SignatureGenerator _other = CreateForRSA(key, RSASignaturePadding.Pkcs1);

        // sha1WithRSAEncryption, NULL (RFC 3279 §2.2.1).
        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm)
            => [0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x05, 0x05, 0x00];

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm)
            => key.SignData(data, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);

        protected override PublicKey BuildPublicKey() => _other.PublicKey;
    }
}
