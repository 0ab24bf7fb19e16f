namespace Fathom.Probes.Application.Tls.Certificates;

/// <summary>What checking a signature gave.</summary>
internal enum SignatureCheck
{
    /// <summary>The signature is not the key's.</summary>
    Invalid,

    /// <summary>The key made the signature.</summary>
    Valid,

    /// <summary>The algorithm or key is not one that is checked here (DSA, unknown curves).</summary>
    Unsupported,
}
