using Fathom.Hosts;
using Fathom.Wire.Transport;

namespace Fathom.Services.Transport;

/// <summary>
/// Answers any datagram with the date and the time, in UTC (RFC 867). In the short form: 24 octets to an empty datagram are the one answer here that is longer
/// than its question, and too little to turn against anybody.
/// </summary>
/// <param name="host">The host, for its clock.</param>
public sealed class DaytimeDatagramService(INetworkHost host) : IDatagramService
{
    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? Answer(IpEndpoint from, ReadOnlyMemory<byte> payload)
    {
        if (EchoDatagramService.WouldLoop(from.Port)) return null;
        return Daytime.Short(host.Time);
    }
}
