using Fathom.Hosts;
using Fathom.Hosts.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Probes.Internet.Path;

/// <summary>Probes with TCP SYNs to the port that is to be reached: what firewalls let through to it, these get through.</summary>
/// <param name="host">The host.</param>
/// <param name="destination">The destination and port.</param>
/// <param name="own">This host's addresses.</param>
public sealed class TcpHopProber(INetworkHost host, IpEndpoint destination, IReadOnlyCollection<IpAddress> own) : IHopProber
{
    /// <inheritdoc/>
    public string Method => $"TCP SYN to port {destination.Port}";

    /// <inheritdoc/>
    public string Flow => "the source port differs from probe to probe, as each is a connection of its own: routers that share load by flow may send them different ways";

    /// <inheritdoc/>
    public async Task<PathHop> ProbeAsync(HopQuestion question, TimeSpan wait, CancellationToken cancellation)
    {
        var limit = question.HopLimit;
        var start = host.Time.GetTimestamp();
        var result = await host.ConnectAsync(destination, new ConnectOptions(wait) { HopLimit = limit }, cancellation);
        var after = host.Time.GetElapsedTime(start);
        if (result is ConnectResult.Connected connected)
        {
            connected.Connection.Abort();
            await connected.Connection.DisposeAsync();
            return HopAnswers.Arrived(limit, destination.Address, after);
        }

        if (result is ConnectResult.Reset) return HopAnswers.Arrived(limit, destination.Address, after);
        if (result is ConnectResult.Refused) return HopAnswers.Silent(limit) with { WasNotSent = true };
        var error = result is ConnectResult.Unreachable unreachable ? unreachable.Error : result.Errors is [var soft, ..] ? soft : null;
        return error is null ? HopAnswers.Silent(limit) : HopAnswers.OfError(limit, error, host.Time.GetElapsedTime(start, error.Timestamp), destination.Address, own, true);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => default;
}
