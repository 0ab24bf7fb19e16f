using System.Security.Cryptography.X509Certificates;
using Fathom.Hosts.Application;
using Fathom.Probes.Application.Tls;
using Fathom.Probes.Tests.Application.Tls.Support;

namespace Fathom.Probes.Tests.Application.Tls;

/// <summary>Paths that do not end at a root: self-signed, untrusted and incomplete are three causes.</summary>
public sealed class CertificateEndingTests : IDisposable
{
    private readonly TestAuthority _root = TestAuthority.Root("CN=Good Root X1, O=Good Trust, C=US");

    public void Dispose() => _root.Dispose();

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
    public void NamesDifferInCaseAndSpacingOnly()
    {
        using var root = TestAuthority.Root("CN=Good  ROOT x1");
        using var renamed = TestAuthority.Root("CN=good root X1");
        using var leaf = root.Leaf("www.example.org");

        // The name leads to it; the key tells that it is another.
        var problem = Assert.Single(CertificateValidator.Validate([Tls(leaf)], renamed.Anchors, "www.example.org", TestAuthority.Now).Problems);

        Assert.Equal((CertificateProblemKind.UntrustedIssuer, ProblemConfidence.Certain), (problem.Kind, problem.Confidence));
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

    private static TlsCertificate Tls(X509Certificate2 certificate) => TlsCertificate.Read(certificate.RawData);
}
