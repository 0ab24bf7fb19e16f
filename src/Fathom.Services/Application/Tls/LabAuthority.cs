using System.Security.Cryptography;
using Fathom.Hosts;
using Fathom.Hosts.Application;
using Fathom.Probes.Application.Tls;
using Fathom.Services.Application.Tls.Handshake;
using Org.BouncyCastle.Crypto;

namespace Fathom.Services.Application.Tls;

/// <summary>
/// A certification authority for tests, examples and the lab: makes roots, intermediates and servers' certificates
/// (RFC 5280) from a host's randomness and time alone, so that the same seed makes the same octets. Its private key lies
/// in memory: nothing outside of a lab is to trust it.
/// </summary>
public sealed class LabAuthority
{
    private readonly INetworkHost _host;
    private readonly AsymmetricCipherKeyPair _keys;
    private readonly LabAuthority? _issuer;

    private LabAuthority(INetworkHost host, string name, AsymmetricCipherKeyPair keys, byte[] certificate, LabAuthority? issuer)
    {
        _host = host;
        Name = name;
        _keys = keys;
        _issuer = issuer;
        Certificate = TlsCertificate.Read(certificate);
    }

    /// <summary>Its common name.</summary>
    public string Name { get; }

    /// <summary>Its certificate.</summary>
    public TlsCertificate Certificate { get; }

    /// <summary>Its certificate as a root to trust.</summary>
    public TrustAnchors Anchors => new([Certificate.Der], Name);

    /// <summary>Makes a root that signs itself.</summary>
    /// <param name="host">Gives time and randomness.</param>
    /// <param name="name">The common name.</param>
    /// <param name="options">What to choose, or null.</param>
    public static LabAuthority CreateRoot(INetworkHost host, string name, LabCertificateOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentException.ThrowIfNullOrEmpty(name);
        var maker = new CertificateMaker(host, options ?? new LabCertificateOptions());
        var keys = maker.MakeKeys();
        return new LabAuthority(host, name, keys, maker.MakeAuthority(name, keys, name, keys, null), null);
    }

    /// <summary>Makes an authority below this one.</summary>
    /// <param name="name">The common name.</param>
    /// <param name="options">What to choose, or null.</param>
    public LabAuthority CreateIntermediate(string name, LabCertificateOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var maker = new CertificateMaker(_host, options ?? new LabCertificateOptions());
        var keys = maker.MakeKeys();
        return new LabAuthority(_host, name, keys, maker.MakeAuthority(name, keys, Name, _keys, Certificate), this);
    }

    /// <summary>Makes a server's certificate with its key.</summary>
    /// <param name="names">DNS names (ASCII) and addresses, at least one.</param>
    /// <param name="options">What to choose, or null.</param>
    /// <returns>An identity whose chain has the authorities in between, and not the root, unless the options say otherwise.</returns>
    public TlsServerIdentity Issue(IReadOnlyList<string> names, LabCertificateOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentOutOfRangeException.ThrowIfZero(names.Count);
        var maker = new CertificateMaker(_host, options ?? new LabCertificateOptions());
        var keys = maker.MakeKeys();
        var chain = new List<ReadOnlyMemory<byte>> { maker.MakeLeaf(names, keys, Name, _keys, Certificate) };
        var sent = options?.Chain ?? LabChain.Intermediates;
        for (var authority = this; authority is not null && sent != LabChain.LeafOnly; authority = authority._issuer)
        {
            if (authority._issuer is not null || sent == LabChain.WithRoot) chain.Add(authority.Certificate.Der);
        }

        return new TlsServerIdentity(chain, keys.Private);
    }

    /// <summary>Makes a server's certificate that its own key signed.</summary>
    /// <param name="host">Gives time and randomness.</param>
    /// <param name="names">DNS names and addresses, at least one.</param>
    /// <param name="options">What to choose, or null.</param>
    public static TlsServerIdentity SelfSigned(INetworkHost host, IReadOnlyList<string> names, LabCertificateOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(names);
        ArgumentOutOfRangeException.ThrowIfZero(names.Count);
        var maker = new CertificateMaker(host, options ?? new LabCertificateOptions());
        var keys = maker.MakeKeys();
        return new TlsServerIdentity([maker.MakeLeaf(names, keys, (options?.CommonName) ?? names[0], keys, null)], keys.Private);
    }

    /// <summary>Its certificate as PEM text, for other programs' trust stores.</summary>
    public string ToPem() => PemEncoding.WriteString("CERTIFICATE", Certificate.Der.Span) + "\n";
}
