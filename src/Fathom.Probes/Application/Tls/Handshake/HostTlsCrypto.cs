using Fathom.Hosts;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace Fathom.Probes.Application.Tls.Handshake;

/// <summary>
/// BouncyCastle's cryptography on a host's randomness only. Its own nonce generator mixes in material of the
/// process, so that a seeded host would not repeat itself; hence <see cref="HostNonceGenerator"/>.
/// </summary>
internal sealed class HostTlsCrypto : BcTlsCrypto
{
    private readonly SecureRandom _random;

    public HostTlsCrypto(HostRandom random)
        : this(new SecureRandom(new HostRandomGenerator(random)))
    {
    }

    private HostTlsCrypto(SecureRandom random)
        : base(random) => _random = random;

    public override TlsNonceGenerator CreateNonceGenerator(byte[] additionalSeedMaterial) => new HostNonceGenerator(_random);

    public override TlsNonceGenerator CreateNonceGenerator(ReadOnlySpan<byte> additionalSeedMaterial) => new HostNonceGenerator(_random);

    public override Org.BouncyCastle.Tls.Crypto.TlsCertificate CreateCertificate(short type, byte[] encoding)
        => type == CertificateType.X509 ? new ProbeCertificate(this, encoding) : base.CreateCertificate(type, encoding);

    private sealed class HostNonceGenerator(SecureRandom random) : TlsNonceGenerator
    {
        public byte[] GenerateNonce(int size)
        {
            var nonce = new byte[size];
            random.NextBytes(nonce);
            return nonce;
        }
    }
}
