using Fathom.Wire.Transport;

namespace Fathom.Services.Transport;

/// <summary>
/// Answers with characters (RFC 864, which leaves their number open, up to 512): as many as came, so that nobody can turn it against others by a forged
/// datagram, which made this service infamous (CERT CA-1996-01).
/// </summary>
public sealed class ChargenDatagramService : IDatagramService
{
    private const int Most = 512; // RFC 864: "a random number (between 0 and 512)"

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? Answer(IpEndpoint from, ReadOnlyMemory<byte> payload)
    {
        if (EchoDatagramService.WouldLoop(from.Port)) return null;
        return Chargen.Pattern[..Math.Min(payload.Length, Most)];
    }
}
