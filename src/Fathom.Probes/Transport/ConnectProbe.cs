using System.Globalization;
using Fathom.Hosts.Transport;
using Fathom.Probes.Evidence;
using Fathom.Probes.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Probes.Transport;

/// <summary>Opens one TCP connection and says how that ended.</summary>
public static class ConnectProbe
{
    /// <summary>Connects.</summary>
    /// <param name="context">Host and evidence.</param>
    /// <param name="remote">The endpoint.</param>
    /// <param name="options">How, and how long.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public static async Task<ConnectOutcome> RunAsync(ProbeContext context, IpEndpoint remote, ConnectOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Packets.Watch(remote.Address);
        var start = context.Host.Time.GetTimestamp();
        var result = await context.Host.ConnectAsync(remote, options, cancellation);
        var duration = context.Since(start);
        var evidence = new List<string> { context.Evidence.AddSocket(Describe(remote, result, duration)) };
        if (result.Local is { } local) evidence.AddRange(context.Packets.FindHandshake(local, remote));
        return new ConnectOutcome(remote, result, duration, evidence);
    }

    private static string Describe(IpEndpoint remote, ConnectResult result, TimeSpan duration)
    {
        var ms = duration.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture);
        return result switch
        {
            ConnectResult.Connected c => $"connect to {remote}: established in {ms} ms from {c.Connection.Local}",
            ConnectResult.Reset => $"connect to {remote}: refused by RST after {ms} ms, no ICMP error in the error queue",
            ConnectResult.Unreachable u => $"connect to {remote}: {u.Error.Describe()} after {ms} ms",
            ConnectResult.TimedOut t => $"connect to {remote}: no answer in {ms} ms{Retransmitted(t.Info)}",
            ConnectResult.Refused r => $"connect to {remote}: {r.Refusal.Reason}",
            _ => $"connect to {remote}: no result",
        };
    }

    private static string Retransmitted(TcpConnectionInfo? info)
        => info?.Retransmissions is { } n and > 0 ? string.Create(CultureInfo.InvariantCulture, $", the SYN was retransmitted {n} times") : string.Empty;
}
