namespace Fathom.Services.Application.Tls;

/// <summary>Kinds of keys that a <see cref="LabAuthority"/> makes.</summary>
public enum LabKeyType
{
    /// <summary>ECDSA on P-256: made in a millisecond, accepted everywhere.</summary>
    EcdsaP256,

    /// <summary>ECDSA on P-384.</summary>
    EcdsaP384,

    /// <summary>RSA of 2048 bits: takes about a second to make.</summary>
    Rsa2048,

    /// <summary>RSA of 1024 bits, which clients refuse: for showing just that.</summary>
    Rsa1024,

    /// <summary>Ed25519.</summary>
    Ed25519,
}
