using System.Security.Cryptography;

namespace Fathom.Hosts.Os;

/// <summary>The operating system's cryptographic randomness.</summary>
internal sealed class OsRandom : HostRandom
{
    public override void Fill(Span<byte> destination) => RandomNumberGenerator.Fill(destination);
}
