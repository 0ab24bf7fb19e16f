using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Fathom.EndToEnd.Worlds;

/// <summary>
/// The world's own certificate authority: a root, an intermediate, and one leaf for each thing that can be wrong
/// with a certificate. Keys are RSA 2048, so that a chain with its intermediate fills more than one segment: otherwise
/// a black hole for large packets would go unnoticed by the handshake.
/// </summary>
internal sealed class TestAuthority
{
    private const int KeyBits = 2048;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;
    private readonly RSA _leafKey = RSA.Create(KeyBits);
    private readonly string _folder;
    private int _serial;

    private TestAuthority(string folder) => _folder = folder;

    /// <summary>The root that clients are told to trust (PEM).</summary>
    public string RootFile => PathOf("root.pem");

    /// <summary>An empty folder: nothing of the machine's own is trusted in a world.</summary>
    public string NoFurtherRoots => PathOf("none");

    /// <summary>The private key of every leaf (PEM).</summary>
    public string KeyFile => PathOf("key.pem");

    /// <summary>The private key of the leaf "weak": RSA, 1,024 bits (PEM).</summary>
    public string WeakKeyFile => PathOf("weak-key.pem");

    /// <summary>The chain a server presents for one of the names below (PEM, leaf first).</summary>
    public string ChainFile(string name) => PathOf($"{name}.pem");

    /// <summary>Makes the authority and all its leaves in a folder.</summary>
    public static TestAuthority Create(string folder)
    {
        var authority = new TestAuthority(folder);
        Directory.CreateDirectory(authority.NoFurtherRoots);
        authority.IssueAll();
        return authority;
    }

    private string PathOf(string file) => Path.Combine(_folder, file);

    private void IssueAll()
    {
        using var rootKey = RSA.Create(KeyBits);
        using var intermediateKey = RSA.Create(KeyBits);
        using var strangerKey = RSA.Create(KeyBits);
        using var root = IssueRoot("CN=Fathom Test Root, O=Fathom Tests", rootKey);
        using var intermediate = IssueIntermediate("CN=Fathom Test Issuing CA, O=Fathom Tests", intermediateKey, root);
        using var stranger = IssueRoot("CN=Nobody Knows This Root, O=Strangers", strangerKey);

        File.WriteAllText(RootFile, root.ExportCertificatePem());
        File.WriteAllText(KeyFile, _leafKey.ExportPkcs8PrivateKeyPem());

        var good = Issue(Names.Www, intermediate, -30 * Day, 90 * Day);
        Write("good", good, intermediate);
        Write("missing-intermediate", good);
        Write("expired", Issue(Names.Expired, intermediate, -90 * Day, -2 * Day), intermediate);
        Write("not-yet-valid", Issue(Names.NotYetValid, intermediate, 2 * Day, 90 * Day), intermediate);
        Write("wrong-name", Issue("somebody-else.example", intermediate, -30 * Day, 90 * Day), intermediate);
        Write("unknown-authority", Issue(Names.UnknownAuthority, stranger, -30 * Day, 90 * Day), stranger);
        Write("escape", Issue(Names.Escape, intermediate, -30 * Day, -2 * Day, EscapeSequences()), intermediate);
        Write("self-signed", IssueSelfSigned(Names.SelfSigned));

        using var weakKey = RSA.Create(1024);
        File.WriteAllText(WeakKeyFile, weakKey.ExportPkcs8PrivateKeyPem());
        Write("weak", Issue(Names.V4Only, intermediate, -30 * Day, 90 * Day, key: weakKey), intermediate);
    }

    private X509Certificate2 IssueRoot(string subject, RSA key)
    {
        var request = AuthorityRequest(subject, key);
        return request.CreateSelfSigned(_now - (365 * Day), _now + (365 * Day));
    }

    private X509Certificate2 IssueIntermediate(string subject, RSA key, X509Certificate2 root)
    {
        var request = AuthorityRequest(subject, key);
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(root, true, false));
        using var certificate = request.Create(root, _now - (200 * Day), _now + (200 * Day), NextSerial());
        return certificate.CopyWithPrivateKey(key);
    }

    private static CertificateRequest AuthorityRequest(string subject, RSA key)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request;
    }

    private X509Certificate2 Issue(string name, X509Certificate2 issuer, TimeSpan from, TimeSpan until, X500DistinguishedName? subject = null, RSA? key = null)
    {
        var request = LeafRequest(name, subject, key ?? _leafKey);
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, true, false));
        return request.Create(issuer, _now + from, _now + until, NextSerial());
    }

    private X509Certificate2 IssueSelfSigned(string name) =>
        LeafRequest(name, null, _leafKey).CreateSelfSigned(_now - (30 * Day), _now + (90 * Day));

    private static CertificateRequest LeafRequest(string name, X500DistinguishedName? subject, RSA key)
    {
        var request = new CertificateRequest(subject ?? new X500DistinguishedName($"CN={name}"), key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        request.CertificateExtensions.Add(AlternativeNames(name));
        return request;
    }

    private static X509Extension AlternativeNames(string name)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        if (name == Names.Www)
        {
            // The good certificate serves every healthy name, and the addresses themselves.
            names.AddDnsName(Names.V4Only);
            names.AddDnsName(Names.V6Only);
            names.AddDnsName(Names.TwoAddresses);
            names.AddDnsName(Names.Old);
            names.AddDnsName(Names.MissingIntermediate);
            names.AddIpAddress(IPAddress.Parse(Topology.ServerV4));
            names.AddIpAddress(IPAddress.Parse(Topology.SecondServerV4));
            names.AddIpAddress(IPAddress.Parse(Topology.ServerV6));
        }

        return names.Build();
    }

    // Terminal escape sequences in a subject: color, and the window's title.
    private static X500DistinguishedName EscapeSequences()
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddOrganizationName("\u001b]0;title\u0007");
        name.AddCommonName("\u001b[31mred\u001b[0m");
        return name.Build();
    }

    private void Write(string file, params X509Certificate2[] chain) =>
        File.WriteAllText(ChainFile(file), string.Join('\n', chain.Select(certificate => certificate.ExportCertificatePem())) + "\n");

    private byte[] NextSerial() => [0x0F, 0xA7, (byte)++_serial];
}
