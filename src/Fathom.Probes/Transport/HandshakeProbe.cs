using Fathom.Hosts.Transport;
using Fathom.Probes.Evidence;
using Fathom.Wire.Transport;

namespace Fathom.Probes.Transport;

/// <summary>Shows how a connection was opened: from the captured segments where there are any, else from what the kernel can tell.</summary>
public static class HandshakeProbe
{
    // The third segment is sent inside connect(2), so it is captured when that returns; a busy machine may deliver it a moment later.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    /// <summary>Reads the handshake of an attempt that has ended.</summary>
    /// <param name="context">Host and evidence; its recorder watched the peer before the attempt, as <see cref="ConnectProbe"/> does.</param>
    /// <param name="attempt">The attempt.</param>
    /// <param name="captureRefusal">Why there is no capture, where there is none.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async Task<HandshakeTranscript> ReadAsync(ProbeContext context, ConnectOutcome attempt, string? captureRefusal, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(attempt);
        if (attempt.Result.Local is { } local && context.Packets.IsCapturing)
        {
            var transcript = await Patiently.ReadAsync(
                context.Host.Time,
                Patience,
                () => Judge(SegmentTranscript.Read(context.Packets, local, attempt.Remote).Segments),
                t => t is HandshakeTranscript.Complete || attempt.Connection is null,
                cancellation);
            if (transcript is not null) return transcript;
        }

        var why = captureRefusal ?? "Nothing was captured.";
        return attempt.Connection?.GetTcpInfo() is { Value: { } info } ? new HandshakeTranscript.Inferred(info, why) : new HandshakeTranscript.Unknown(why);
    }

    /// <summary>Finds the three segments among those of a connection; null where there are none at all.</summary>
    internal static HandshakeTranscript? Judge(IReadOnlyList<SegmentRecord> segments)
    {
        if (segments.Count == 0) return null;
        var answer = IndexOf(segments, 0, static s => !s.FromInitiator && s.Has(TcpFlags.Syn | TcpFlags.Ack));
        if (answer < 0) return new HandshakeTranscript.Partial(segments);
        var request = LastIndexOf(segments, answer, static s => s.FromInitiator && s.Has(TcpFlags.Syn) && !s.Has(TcpFlags.Ack));
        var number = segments[answer].End;
        var acknowledgment = IndexOf(segments, answer + 1, s => s.FromInitiator && s.Has(TcpFlags.Ack) && !s.Has(TcpFlags.Syn) && s.Acknowledgment >= number);
        if (request < 0 || acknowledgment < 0) return new HandshakeTranscript.Partial([.. segments.Take(Math.Max(answer, acknowledgment) + 1)]);
        return new HandshakeTranscript.Complete(segments[request], segments[answer], segments[acknowledgment], [.. segments.Take(acknowledgment + 1)]);
    }

    private static int IndexOf(IReadOnlyList<SegmentRecord> segments, int from, Func<SegmentRecord, bool> match)
    {
        for (var i = from; i < segments.Count; i++)
        {
            if (match(segments[i])) return i;
        }

        return -1;
    }

    private static int LastIndexOf(IReadOnlyList<SegmentRecord> segments, int before, Func<SegmentRecord, bool> match)
    {
        for (var i = before - 1; i >= 0; i--)
        {
            if (match(segments[i])) return i;
        }

        return -1;
    }
}
