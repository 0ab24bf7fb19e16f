using Fathom.Hosts.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Probes.Transport;

/// <summary>Shows how a connection was closed, from the captured segments and this host's list of sockets.</summary>
public static class TeardownProbe
{
    // The acknowledgment of the last FIN takes one round trip; beyond a second it is lost or will not come.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Reads the teardown of a connection that this host opened and has closed.</summary>
    /// <param name="context">Host and evidence.</param>
    /// <param name="local">This end.</param>
    /// <param name="remote">The peer.</param>
    /// <param name="observed">What the socket calls told, for where nothing was captured.</param>
    /// <param name="captureRefusal">Why there is no capture, where there is none.</param>
    /// <param name="cancellation">Ends the wait for the last segments.</param>
    public static async Task<TeardownTranscript> ReadAsync(
        ProbeContext context, IpEndpoint local, IpEndpoint remote, ObservedClose observed, string? captureRefusal, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        TeardownTranscript? captured = null;
        if (context.Packets.IsCapturing)
        {
            captured = await Patiently.ReadAsync(
                context.Host.Time,
                Patience,
                () => Judge(SegmentTranscript.Read(context.Packets, local, remote).Segments),
                static t => t is { Kind: TeardownKind.Reset } or { Kind: TeardownKind.Orderly, LastAcknowledged: true },
                cancellation);
        }

        var transcript = captured ?? FromCalls(observed, captureRefusal ?? "No segment of the teardown was captured.");
        return transcript with { TimeWait = await FindTimeWaitAsync(context, local, remote, transcript, cancellation) };
    }

    /// <summary>Reads the order of FIN and RST; null where there is neither.</summary>
    internal static TeardownTranscript? Judge(IReadOnlyList<SegmentRecord> segments)
    {
        var first = FirstIndex(segments, static s => s.Has(TcpFlags.Fin) || s.Has(TcpFlags.Rst));
        if (first < 0) return null;
        var tail = segments.Skip(first).ToArray();
        var opening = tail[0];
        var firstFin = Array.Find(tail, static s => s.Has(TcpFlags.Fin));
        var answer = firstFin is null ? null : Array.Find(tail, s => s.Has(TcpFlags.Fin) && s.FromInitiator != firstFin.FromInitiator);

        // A reset after both FINs concerns data that came too late, not the connection.
        var reset = Array.Find(tail, static s => s.Has(TcpFlags.Rst));
        var kind = reset is not null && (answer is null || reset.At < answer.At) ? TeardownKind.Reset : answer is null ? TeardownKind.HalfClosed : TeardownKind.Orderly;
        // RFC 9293 §3.6, case 3: the second FIN does not acknowledge the first.
        var atOnce = kind == TeardownKind.Orderly && !(answer!.Acknowledgment >= firstFin!.End);
        // A reset is its sender's, also where the other end had sent its FIN before.
        var side = atOnce ? ClosingSide.Both : Side(kind == TeardownKind.Reset ? reset! : opening);
        return new TeardownTranscript(kind, side, new TimeWaitReport(ClosingSide.Unknown, null, false))
        {
            Segments = tail,
            HalfClosedFor = answer is null ? null : answer.At - firstFin!.At,
            OctetsWhileHalfClosed = firstFin is null ? 0 : tail.Where(s => s.FromInitiator != firstFin.FromInitiator && !s.IsRetransmission).Sum(static s => (long)s.PayloadLength),
            LastAcknowledged = answer is not null && tail.Any(s => s.FromInitiator != answer.FromInitiator && s.Has(TcpFlags.Ack) && s.At >= answer.At && s.Acknowledgment >= answer.End),
        };
    }

    private static TeardownTranscript FromCalls(ObservedClose observed, string why)
    {
        var (kind, side) = observed switch
        {
            ObservedClose.HereFirst => (TeardownKind.Orderly, ClosingSide.Here),
            ObservedClose.PeerFirst => (TeardownKind.Orderly, ClosingSide.Peer),
            ObservedClose.HereOnly => (TeardownKind.HalfClosed, ClosingSide.Here),
            ObservedClose.ResetByPeer => (TeardownKind.Reset, ClosingSide.Peer),
            ObservedClose.ResetHere => (TeardownKind.Reset, ClosingSide.Here),
            _ => (TeardownKind.Unknown, ClosingSide.Unknown),
        };
        return new TeardownTranscript(kind, side, new TimeWaitReport(ClosingSide.Unknown, null, false)) { NotCaptured = why };
    }

    private static async Task<TimeWaitReport> FindTimeWaitAsync(
        ProbeContext context, IpEndpoint local, IpEndpoint remote, TeardownTranscript transcript, CancellationToken cancellation)
    {
        var owner = transcript.Kind == TeardownKind.Orderly ? transcript.ClosedFirst : ClosingSide.Unknown;
        if (cancellation.IsCancellationRequested) return new TimeWaitReport(owner, null, false);
        if (!(await context.Host.GetSocketsAsync(cancellation)).TryGet(out var listed, out _)) return new TimeWaitReport(owner, null, false);
        // Link-local endpoints of both ends carry zones; they name the same socket without.
        var (here, there) = (Plain(local), Plain(remote));
        HostSocket? Find(IpEndpoint one, IpEndpoint other) => listed.Sockets.FirstOrDefault(s => s.Protocol == IpProtocol.Tcp && Plain(s.Local) == one && s.Remote is { } r && Plain(r) == other);
        var (ours, theirs) = (Find(here, there), Find(there, here));
        var kept = ours is { State: TcpStates.TimeWait } ? ours : theirs is { State: TcpStates.TimeWait } ? theirs : ours ?? theirs;
        if (kept is not null) context.Evidence.AddKernel($"the kernel's list of sockets: {kept.Local} to {kept.Remote} is in {kept.State}");
        return new TimeWaitReport(owner, kept, kept is not null && ReferenceEquals(kept, theirs));
    }

    private static IpEndpoint Plain(IpEndpoint endpoint) => new(endpoint.Address.WithZone(0).Unmap(), endpoint.Port);

    private static ClosingSide Side(SegmentRecord segment) => segment.FromInitiator ? ClosingSide.Here : ClosingSide.Peer;

    private static int FirstIndex(IReadOnlyList<SegmentRecord> segments, Func<SegmentRecord, bool> match)
    {
        for (var i = 0; i < segments.Count; i++)
        {
            if (match(segments[i])) return i;
        }

        return -1;
    }
}
