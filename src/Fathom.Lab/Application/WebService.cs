using Fathom.Hosts.Transport;
using Fathom.Services.Application.Tls;
using Fathom.Wire.Application.Tls;

namespace Fathom.Lab.Application;

/// <summary>A web server of the lab at one port: HTTP, or HTTPS with certificates of the lab's own authority.</summary>
public sealed class WebService : LabService
{
    // What most servers allow for a handshake.
    private static readonly TimeSpan HandshakeLimit = TimeSpan.FromSeconds(30);

    // Certificates that are wrong by their time are so by more than any clock is.
    private static readonly TimeSpan WrongBy = TimeSpan.FromDays(10);
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    // TLS_ECDHE_ECDSA_WITH_AES_128_CCM (RFC 7251), which browsers never offered; and the CBC suites of TLS 1.0 (RFC 8422).
    private static readonly ushort[] OddSuites = [0xC0AC];
    private static readonly ushort[] OldSuites = [0xC009, 0xC00A];

    private readonly LabAuthority _root;
    private readonly Dictionary<CertificateTrouble, TlsServerIdentity> _identities = [];
    private LabAuthority? _authority;

    internal WebService(LabHost host, ushort port, bool isSecured, IReadOnlyList<string> names, LabAuthority root, WebBehavior behavior)
        : base(host, port)
    {
        IsSecured = isSecured;
        Names = names;
        _root = root;
        Behavior = behavior;
    }

    /// <summary>It is there for HTTPS.</summary>
    public bool IsSecured { get; }

    /// <summary>The names that its certificate is for.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>How it behaves; each connection that comes is treated by what it is then.</summary>
    public WebBehavior Behavior { get; set; }

    /// <summary>Makes of a connection that was accepted what the behavior says: with TLS on it, or with troubles.</summary>
    internal IStreamConnection Receive(IStreamConnection connection)
    {
        var behavior = Behavior;
        var isSecured = IsSecured != behavior.HasOtherScheme;
        if (isSecured && ScriptedConnection.Of(behavior.Tls, connection) is { } scripted) return scripted;
        var stream = isSecured ? new TlsServerConnection(Host.Network, connection, OptionsOf(behavior)) : connection;
        return behavior.Response == ResponseTrouble.None && behavior.Close != CloseTrouble.Reset ? stream : new TroubledConnection(Host.Network, stream, behavior);
    }

    /// <summary>Makes what the first connection needs, so that nobody waits for it.</summary>
    internal void Prepare()
    {
        if (IsSecured) IdentityOf(Behavior.Certificate);
    }

    private TlsServerOptions OptionsOf(WebBehavior behavior)
    {
        var options = new TlsServerOptions([IdentityOf(behavior.Certificate)], HandshakeLimit)
        {
            ApplicationProtocols = ["http/1.1"],
            OmitsCloseNotify = behavior.Close != CloseTrouble.None,
        };
        return behavior.Tls switch
        {
            TlsTrouble.OldVersions => options with { AllowsObsoleteVersions = true, MinimumVersion = TlsVersion.Tls10, MaximumVersion = TlsVersion.Tls11, CipherSuites = OldSuites },
            TlsTrouble.OddSuites => options with { MaximumVersion = TlsVersion.Tls12, CipherSuites = OddSuites },
            TlsTrouble.ClientCertificate => options with { RequireClientCertificate = true },
            _ => options,
        };
    }

    private TlsServerIdentity IdentityOf(CertificateTrouble trouble)
    {
        if (_identities.TryGetValue(trouble, out var known)) return known;
        return _identities[trouble] = Make(trouble);
    }

    private TlsServerIdentity Make(CertificateTrouble trouble)
    {
        var now = Host.Lab.Clock.GetUtcNow();
        _authority ??= _root.CreateIntermediate("Fathom Lab Intermediate");
        return trouble switch
        {
            CertificateTrouble.Expired => _authority.Issue(Names, new LabCertificateOptions { NotBefore = now - WrongBy - Lifetime, NotAfter = now - WrongBy }),
            CertificateTrouble.NotYetValid => _authority.Issue(Names, new LabCertificateOptions { NotBefore = now + WrongBy, NotAfter = now + WrongBy + Lifetime }),
            CertificateTrouble.OtherName => _authority.Issue(["other.example"]),
            CertificateTrouble.SelfSigned => LabAuthority.SelfSigned(Host.Network, Names),
            CertificateTrouble.UnknownIssuer => LabAuthority.CreateRoot(Host.Network, "Unknown Root").CreateIntermediate("Unknown Intermediate").Issue(Names, new LabCertificateOptions { Chain = LabChain.WithRoot }),
            CertificateTrouble.NoIntermediate => _authority.Issue(Names, new LabCertificateOptions { Chain = LabChain.LeafOnly }),
            CertificateTrouble.WeakKey => _authority.Issue(Names, new LabCertificateOptions { Key = LabKeyType.Rsa1024 }),
            _ => _authority.Issue(Names),
        };
    }
}
