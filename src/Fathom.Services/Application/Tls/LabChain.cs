namespace Fathom.Services.Application.Tls;

/// <summary>Which certificates a server sends beside its own.</summary>
public enum LabChain
{
    /// <summary>The authorities in between, as it should be; the client has the root (RFC 8446 §4.4.2).</summary>
    Intermediates,

    /// <summary>None: an intermediate that the client has not is missing.</summary>
    LeafOnly,

    /// <summary>The authorities in between, and the root.</summary>
    WithRoot,
}
