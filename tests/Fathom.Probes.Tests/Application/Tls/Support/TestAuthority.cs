using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Fathom.Hosts.Application;

namespace Fathom.Probes.Tests.Application.Tls.Support;

/// <summary>Makes certificates for tests with the BCL, so that nothing under test judges its own work.</summary>
internal sealed class TestAuthority : IDisposable
{
    private static long _serial = 1000;

    private TestAuthority(X509Certificate2 certificate) => Certificate = certificate;

    public static DateTimeOffset Now { get; } = new(DateTimeOffset.UtcNow.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);

    public X509Certificate2 Certificate { get; }

    public TlsCertificate Tls => TlsCertificate.Read(Certificate.RawData);

    public TrustAnchors Anchors => new([Certificate.RawData], "test");

    public static TestAuthority Root(string name, DateTimeOffset? notBefore = null, DateTimeOffset? notAfter = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = AuthorityRequest(name, key, null);
        return new TestAuthority(request.CreateSelfSigned(notBefore ?? Now.AddDays(-100), notAfter ?? Now.AddDays(100)));
    }

    public TestAuthority Intermediate(string name, int? pathLength = null, Action<CertificateRequest>? change = null, DateTimeOffset? notAfter = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = AuthorityRequest(name, key, pathLength);
        Identify(request);
        change?.Invoke(request);
        using var signed = Sign(request, Now.AddDays(-50), notAfter ?? Now.AddDays(50));
        return new TestAuthority(signed.CopyWithPrivateKey(key));
    }

    public X509Certificate2 Leaf(string dnsName, DateTimeOffset? notBefore = null, DateTimeOffset? notAfter = null, Action<CertificateRequest>? change = null, IPAddress? address = null, bool identify = true)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = LeafRequest("CN=" + dnsName, key, dnsName, address);
        if (identify) Identify(request);
        change?.Invoke(request);
        using var signed = Sign(request, notBefore ?? Now.AddDays(-10), notAfter ?? Now.AddDays(10));
        return signed.CopyWithPrivateKey(key);
    }

    public X509Certificate2 RsaLeaf(string dnsName, int bits)
    {
        using var key = RSA.Create(bits);
        var request = new CertificateRequest("CN=" + dnsName, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        AddLeafExtensions(request, dnsName, null);
        Identify(request);
        using var signed = Sign(request, Now.AddDays(-10), Now.AddDays(10));
        return signed.CopyWithPrivateKey(key);
    }

    public static X509Certificate2 SelfSignedLeaf(string dnsName)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return LeafRequest("CN=" + dnsName, key, dnsName, null).CreateSelfSigned(Now.AddDays(-10), Now.AddDays(10));
    }

    /// <summary>Another authority of the same name with another key.</summary>
    public TestAuthority Namesake() => Root(Certificate.Subject);

    public void Dispose() => Certificate.Dispose();

    private static CertificateRequest AuthorityRequest(string name, ECDsa key, int? pathLength)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, pathLength is not null, pathLength ?? 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request;
    }

    private static CertificateRequest LeafRequest(string name, ECDsa key, string dnsName, IPAddress? address)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        AddLeafExtensions(request, dnsName, address);
        return request;
    }

    private static void AddLeafExtensions(CertificateRequest request, string dnsName, IPAddress? address)
    {
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(dnsName);
        if (address is not null) names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
    }

    private void Identify(CertificateRequest request)
        => request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, true, false));

    private X509Certificate2 Sign(CertificateRequest request, DateTimeOffset notBefore, DateTimeOffset notAfter)
    {
        var generator = X509SignatureGenerator.CreateForECDsa(Certificate.GetECDsaPrivateKey()!);
        var serial = BitConverter.GetBytes(Interlocked.Increment(ref _serial));
        Array.Reverse(serial);
        serial[0] = 0x01;
        return request.Create(Certificate.SubjectName, generator, notBefore, notAfter, serial);
    }
}
