using Fathom.Wire.Transport;

namespace Fathom.Services.Application.Dns;

/// <summary>What answers the queries that a <see cref="DnsListener"/> takes.</summary>
internal interface IDnsResponder
{
    /// <summary>Answers one query.</summary>
    /// <param name="query">The octets that came.</param>
    /// <param name="from">Who asks.</param>
    /// <param name="overTcp">It came over TCP: the answer may have 65,535 octets.</param>
    /// <param name="cancellation">The server ends.</param>
    /// <returns>The answer, or null where none is due.</returns>
    ValueTask<byte[]?> RespondAsync(ReadOnlyMemory<byte> query, IpEndpoint from, bool overTcp, CancellationToken cancellation);
}
