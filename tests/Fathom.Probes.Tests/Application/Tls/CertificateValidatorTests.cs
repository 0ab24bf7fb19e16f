using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Fathom.Hosts.Application;
using Fathom.Probes.Application.Tls;
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

        // A good signature of something else.
        var renamed = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(signed.RawData).Replace("www.example", "wvw.example", StringComparison.Ordinal));
        Assert.True(TlsCertificate.Read(renamed) is { IsSelfIssued: true, IsSelfSigned: false, Defect: null });
    }

    [Fact]
    public void SignatureOverSha1IsVerifiedAndWeak()
    {
        using var key = RSA.Create(2048);
        // sha1WithRSAEncryption, NULL (RFC 3279 §2.2.1).
        byte[] identifier = [0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x05, 0x05, 0x00];
        var (leaf, anchors) = Issue(key, new OddGenerator(key, identifier, data => key.SignData(data, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1)));

        Assert.Equal([CertificateProblemKind.WeakSignature], Kinds(CertificateValidator.Validate([leaf], anchors, "www.example.org", TestAuthority.Now)));
        Assert.Equal("sha1WithRSA", leaf.SignatureAlgorithm);
    }

    [Fact]
    public void SignatureThatCannotBeCheckedIsNeverTrusted()
    {
        using var key = RSA.Create(2048);
        // id-rsassa-pkcs1-v1-5-with-sha3-256, and nobody's signature.
        byte[] identifier = [0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03, 0x0E, 0x05, 0x00];
        var (leaf, anchors) = Issue(key, new OddGenerator(key, identifier, _ => new byte[256]));

        var verdict = CertificateValidator.Validate([leaf], anchors, "www.example.org", TestAuthority.Now);

        Assert.Equal([CertificateProblemKind.WeakSignature], Kinds(verdict));
        Assert.False(verdict.IsTrusted);
    }

    [Fact]
    public void SignatureAlgorithmsInsideAndOutsideMustAgree()
    {
        using var leaf = _root.Leaf("www.example.org");
        var octets = leaf.RawData;
        ReadOnlySpan<byte> ecdsaWithSha256 = [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02];
        octets[octets.AsSpan().LastIndexOf(ecdsaWithSha256) + ecdsaWithSha256.Length - 1] = 0x03; // with SHA-384

        Assert.Contains(CertificateProblemKind.Malformed, Kinds(Validate([TlsCertificate.Read(octets)], "www.example.org")));
    }

    [Fact]
    public void UnreadableLeafIsOnlyThat()
        => Assert.Equal([CertificateProblemKind.Malformed], Kinds(Validate([TlsCertificate.Read(new byte[20])], "www.example.org")));

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
    public void TheSignOctetOfASerialNumberIsNotShown()
    {
        using var leaf = _root.Leaf("www.example.org");
        var octets = leaf.RawData;
        var at = octets.AsSpan().IndexOf("\x02\x08\x01\x00"u8) + 2;
        new byte[] { 0x00, 0x8F }.CopyTo(octets, at); // X.690 §8.3: without the zero it would be negative
        Assert.Equal("8f" + Convert.ToHexStringLower(octets.AsSpan(at + 2, 6)), TlsCertificate.Read(octets).SerialNumber);
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

    private CertificateVerdict Validate(IReadOnlyList<TlsCertificate> chain, string name)
        => CertificateValidator.Validate(chain, _root.Anchors, name, TestAuthority.Now);

    private static CertificateProblemKind[] Kinds(CertificateVerdict verdict) => [.. verdict.Problems.Select(problem => problem.Kind)];

    private static TlsCertificate Tls(X509Certificate2 certificate) => TlsCertificate.Read(certificate.RawData);

    private static (TlsCertificate Leaf, TrustAnchors Anchors) Issue(RSA key, X509SignatureGenerator generator)
    {
        var request = new CertificateRequest("CN=Old CA", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = request.CreateSelfSigned(TestAuthority.Now.AddDays(-1), TestAuthority.Now.AddDays(1));
        var leafRequest = new CertificateRequest("CN=www.example.org", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("www.example.org");
        leafRequest.CertificateExtensions.Add(names.Build());
        using var leaf = leafRequest.Create(authority.SubjectName, generator, TestAuthority.Now.AddDays(-1), TestAuthority.Now.AddDays(1), [1]);
        return (Tls(leaf), new TrustAnchors([authority.RawData], "test"));
    }

    /// <summary>Signs in ways that the BCL refuses to.</summary>
    private sealed class OddGenerator(RSA key, byte[] identifier, Func<byte[], byte[]> sign) : X509SignatureGenerator
    {
        private readonly X509SignatureGenerator _other = CreateForRSA(key, RSASignaturePadding.Pkcs1);

        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) => identifier;

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) => sign(data);

        protected override PublicKey BuildPublicKey() => _other.PublicKey;
    }
}
