using Fathom.Hosts.Internet;
using Fathom.Hosts.Transport;
using Fathom.Probes.Internet;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Transport;

namespace Fathom.Probes.Transport;

/// <summary>Sends a datagram that the port's service, if it is known, answers, and looks what comes back.</summary>
public static class DatagramProbe
{
    // Sent at these times, for a datagram may be lost; given up after the last plus two seconds.
    private static readonly TimeSpan[] Schedule = [TimeSpan.Zero, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1.5)];
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3.5);

    /// <summary>Runs the probe.</summary>
    /// <param name="context">Host and evidence.</param>
    /// <param name="remote">The endpoint.</param>
    /// <param name="cancellation">Ends the probe.</param>
    public static async Task<DatagramOutcome> RunAsync(ProbeContext context, IpEndpoint remote, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Packets.Watch(remote.Address);
        var opened = await context.Host.OpenDatagramAsync(new DatagramOptions(remote.Address.Version) { Remote = remote }, cancellation);
        if (!opened.TryGet(out var socket, out var refusal)) return new DatagramOutcome.NotSent(refusal);
        await using (socket)
        {
            var outcome = await ExchangeAsync(context, socket, Question(context, remote.Port), cancellation);
            var text = outcome switch
            {
                DatagramOutcome.Answered a => $"a reply of {a.Length} octets",
                DatagramOutcome.Failed f => f.Error.Describe(),
                _ => "no reply and no error",
            };
            return outcome with { Evidence = [context.Evidence.AddSocket($"UDP to {remote}: {text}"), .. context.Packets.FindDatagrams(socket.Local, remote)] };
        }
    }

    private static async Task<DatagramOutcome> ExchangeAsync(ProbeContext context, IDatagramSocket socket, byte[] question, CancellationToken cancellation)
    {
        using var deadline = new Deadline(context.Host.Time, Timeout, cancellation);
        var start = context.Host.Time.GetTimestamp();
        var buffer = new byte[65535];
        var receive = socket.ReceiveAsync(buffer, deadline.Token).AsTask();
        try
        {
            foreach (var at in Schedule)
            {
                var wait = at - context.Since(start);
                if (wait > TimeSpan.Zero) await Task.WhenAny(receive, Task.Delay(wait, context.Host.Time, deadline.Token));
                if (receive.IsCompleted) break;
                if (await socket.SendAsync(question, null, new PacketOptions(), deadline.Token) is { } local) return new DatagramOutcome.Failed(local);
            }

            return await receive switch
            {
                DatagramEvent.Received r => new DatagramOutcome.Answered(r.Length, context.Host.Time.GetElapsedTime(start, r.Timestamp)),
                DatagramEvent.Failed f => new DatagramOutcome.Failed(f.Error),
                _ => new DatagramOutcome.Silent(),
            };
        }
        catch (OperationCanceledException) when (deadline.Passed)
        {
            return new DatagramOutcome.Silent();
        }
    }

    // A question that the service answers tells more than silence: DNS asks for the root's servers, NTP is a client's packet (RFC 5905 §7.3).
    private static byte[] Question(ProbeContext context, ushort port)
    {
        switch (port)
        {
            case 53:
                return new DnsMessage { Id = context.Host.Random.NextUInt16(), RecursionDesired = true, Questions = [new DnsQuestion(DnsName.Root, DnsType.Ns)] }.ToBytes();
            case 123:
                var packet = new byte[48];
                packet[0] = 0b00_100_011;
                return packet;
            default:
                return [0];
        }
    }
}
