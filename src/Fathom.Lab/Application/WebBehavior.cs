namespace Fathom.Lab.Application;

/// <summary>How a web server of the lab behaves at one port. The default is as it should be.</summary>
public sealed record WebBehavior
{
    /// <summary>What is wrong with its certificate.</summary>
    public CertificateTrouble Certificate { get; init; }

    /// <summary>What is wrong with its TLS.</summary>
    public TlsTrouble Tls { get; init; }

    /// <summary>A port that should have TLS speaks plain HTTP, and the reverse.</summary>
    public bool HasOtherScheme { get; init; }

    /// <summary>The status of every response, 400 to 599; null: what the site has.</summary>
    public int? Status { get; init; }

    /// <summary>What is wrong with its responses.</summary>
    public ResponseTrouble Response { get; init; }

    /// <summary>It leaves out the fields that protect a page's visitors: Strict-Transport-Security and its like.</summary>
    public bool OmitsSecurityFields { get; init; }

    /// <summary>What is wrong with its cookies.</summary>
    public CookieTrouble Cookies { get; init; }

    /// <summary>What is wrong with how it ends connections.</summary>
    public CloseTrouble Close { get; init; }
}
