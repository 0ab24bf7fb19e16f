using Fathom.Wire.Transport;

namespace Fathom.Services.Transport;

/// <summary>
/// Sends every datagram back (RFC 862), but not to ports whose services would answer the answer: two echo services that are made to talk to
/// each other by one forged datagram never stop (CERT CA-1996-01).
/// </summary>
public sealed class EchoDatagramService : IDatagramService
{
    /// <summary>True for the ports of services that answer anything: echo, daytime, qotd, chargen, time; and 0, which is nobody's.</summary>
    /// <param name="port">The sender's port.</param>
    public static bool WouldLoop(ushort port) => port is 0 or 7 or 13 or 17 or 19 or 37;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? Answer(IpEndpoint from, ReadOnlyMemory<byte> payload)
    {
        // No conditional expression: a null there would become an empty payload, which is an answer.
        if (WouldLoop(from.Port)) return null;
        return payload;
    }
}
