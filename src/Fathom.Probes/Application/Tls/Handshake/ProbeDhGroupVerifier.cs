using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;

namespace Fathom.Probes.Application.Tls.Handshake;

/// <summary>Accepts any finite field group of a size that is neither trivial nor a way to burn this end's time.</summary>
internal sealed class ProbeDhGroupVerifier : TlsDHGroupVerifier
{
    /// <summary>Smaller primes were in use before 2015 (Logjam); such a server is refused by every client.</summary>
    private const int MinimumBits = 1024;

    /// <summary>One exponentiation of this size takes some 0.1 s here; beyond it grows with the cube.</summary>
    private const int MaximumBits = 4096;

    public bool Accept(DHGroup dhGroup)
    {
        var bits = dhGroup.P.BitLength;
        return bits is >= MinimumBits and <= MaximumBits
            && dhGroup.P.TestBit(0)
            && dhGroup.G.CompareTo(Org.BouncyCastle.Math.BigInteger.One) > 0
            && dhGroup.G.CompareTo(dhGroup.P) < 0;
    }
}
