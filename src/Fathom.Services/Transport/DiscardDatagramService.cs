using Fathom.Wire.Transport;

namespace Fathom.Services.Transport;

/// <summary>Answers nothing (RFC 863).</summary>
public sealed class DiscardDatagramService : IDatagramService
{
    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? Answer(IpEndpoint from, ReadOnlyMemory<byte> payload) => null;
}
