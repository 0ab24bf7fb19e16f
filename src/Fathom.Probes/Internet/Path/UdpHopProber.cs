using Fathom.Hosts;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Probes.Internet.Path;

/// <summary>
/// Probes with UDP to a port where nothing listens, each from a socket of its own: whatever little a router quotes, the error is known
/// to be this probe's.
/// </summary>
/// <param name="host">The host.</param>
/// <param name="remote">The destination and port.</param>
/// <param name="own">This host's addresses.</param>
public sealed class UdpHopProber(INetworkHost host, IpEndpoint remote, IReadOnlyCollection<IpAddress> own) : IHopProber
{
    /// <summary>traceroute's first port: no service is registered there, so that the destination answers port unreachable.</summary>
    public const ushort FirstPort = 33434;

    /// <inheritdoc/>
    public string Method => "UDP";

    /// <inheritdoc/>
    public string Flow => "the source port differs from probe to probe: routers that share load by flow may send them different ways";

    /// <inheritdoc/>
    public async Task<PathHop> ProbeAsync(HopQuestion question, TimeSpan wait, CancellationToken cancellation)
    {
        var limit = question.HopLimit;
        var opened = await host.OpenDatagramAsync(new DatagramOptions(remote.Address.Version) { Remote = remote }, cancellation);
        if (!opened.TryGet(out var socket, out _)) return HopAnswers.Silent(limit) with { WasNotSent = true };
        await using (socket)
        {
            using var deadline = new Deadline(host.Time, wait, cancellation);
            var start = host.Time.GetTimestamp();
            var payload = new byte[question.DataLength(remote.Address.Version, 1)];
            payload[0] = limit;
            if (await socket.SendAsync(payload, null, question.Options, cancellation) is { } local)
                return HopAnswers.OfError(limit, local, host.Time.GetElapsedTime(start), remote.Address, own, false);
            try
            {
                var buffer = new byte[64];
                return await socket.ReceiveAsync(buffer, deadline.Token) switch
                {
                    DatagramEvent.Failed f => HopAnswers.OfError(limit, f.Error, host.Time.GetElapsedTime(start, f.Error.Timestamp), remote.Address, own, false),
                    DatagramEvent.Received r => HopAnswers.Arrived(limit, r.From.Address, host.Time.GetElapsedTime(start, r.Timestamp), r.HopLimit),
                    _ => HopAnswers.Silent(limit),
                };
            }
            catch (OperationCanceledException) when (deadline.Passed)
            {
                return HopAnswers.Silent(limit);
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => default;
}
