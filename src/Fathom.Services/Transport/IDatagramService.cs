using Fathom.Wire.Transport;

namespace Fathom.Services.Transport;

/// <summary>What a UDP server answers.</summary>
public interface IDatagramService
{
    /// <summary>The answer to one datagram.</summary>
    /// <param name="from">Its sender, who may be forged.</param>
    /// <param name="payload">Its payload; valid until the method returns.</param>
    /// <returns>The answer's payload, or null for none. No longer than the payload, or the server can be turned against others.</returns>
    ReadOnlyMemory<byte>? Answer(IpEndpoint from, ReadOnlyMemory<byte> payload);
}
