using Fathom.Hosts;
using Fathom.Hosts.Link;
using Fathom.Probes.Evidence;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Probes.Link;

/// <summary>
/// Asks a link who has an address, with a frame of its own (an ARP request, or a neighbor solicitation), and listens for
/// every answer: two mean a duplicate address. Where the host may not send and capture frames, it makes the host itself ask, and says so.
/// </summary>
public static class WhoHasProbe
{
    /// <summary>Asks.</summary>
    /// <param name="context">Host and evidence.</param>
    /// <param name="link">The interface on whose link is asked.</param>
    /// <param name="source">The asker's address on it; 0.0.0.0 or "::" for a probe that tells nobody who asks.</param>
    /// <param name="target">The address asked for.</param>
    /// <param name="attempts">How often at most, from 1.</param>
    /// <param name="wait">How long to listen after each question; all of it, so that a second answer is heard.</param>
    /// <param name="cancellation">Ends the question.</param>
    public static async Task<WhoHasOutcome> RunAsync(
        ProbeContext context, HostInterface link, IpAddress source, IpAddress target, int attempts, TimeSpan wait, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(link);
        var plain = target.WithZone(0);
        if (link.HardwareAddress is not { } mac)
            return new WhoHasOutcome.NotMeasured(plain, new HostRefusal(HostRefusalKind.NotSupported, $"{link.Name} has no MAC address: its link needs no address resolution."));
        if (context.Packets.IsCapturing) return await AskAsync(context.Packets);
        var opened = await context.Host.OpenCaptureAsync(new CaptureOptions { Addresses = [plain] }, cancellation);
        if (!opened.TryGet(out var capture, out var denied)) return await ByTableAsync(context, link, plain, attempts * wait, denied, cancellation);
        await using (capture) return await AskAsync(new PacketRecorder(new PacketStore(capture, context.Evidence), context.Evidence));

        async Task<WhoHasOutcome> AskAsync(PacketRecorder packets)
        {
            packets.Watch(plain);
            var listener = new Listener(packets, link.Index, mac, plain);
            for (var question = 1; question <= attempts; question++)
            {
                var refusal = await context.Host.SendFrameAsync(link.Index, ResolutionFrames.Question(mac, source, plain), cancellation);
                if (refusal is not null) return await ByTableAsync(context, link, plain, attempts * wait, refusal, cancellation);
                try
                {
                    await Task.Delay(wait, context.Host.Time, cancellation);
                }
                finally
                {
                    listener.Listen(); // what was heard until an interruption is evidence, too
                }

                if (listener.Answers.Count > 0) return new WhoHasOutcome.Answered(plain, listener.Answers) { Evidence = listener.Evidence };
            }

            return new WhoHasOutcome.Unanswered(plain, attempts) { Evidence = listener.Evidence };
        }
    }

    private static async Task<WhoHasOutcome> ByTableAsync(ProbeContext context, HostInterface link, IpAddress target, TimeSpan wait, HostRefusal refusal, CancellationToken cancellation)
    {
        var scoped = target.IsLinkLocal ? target.WithZone((uint)link.Index) : target;
        var outcome = await NeighborProbe.RunAsync(context, link.Index, scoped, wait, cancellation);
        return outcome is NeighborOutcome.NotMeasured unmeasured
            ? new WhoHasOutcome.NotMeasured(target, unmeasured.Refusal)
            : new WhoHasOutcome.ByTable(target, outcome, refusal) { Evidence = outcome.Evidence };
    }

    private sealed class Listener
    {
        // A link full of answers is an attack or a loop; what it proves is proven by the first few.
        private const int MostAnswers = 16;

        private readonly PacketRecorder _packets;
        private readonly int _interfaceIndex;
        private readonly MacAddress _mine;
        private readonly IpAddress _target;
        private readonly List<WhoHasAnswer> _answers = [];
        private readonly List<string> _evidence = [];
        private DateTimeOffset? _asked;
        private int _last;

        public Listener(PacketRecorder packets, int interfaceIndex, MacAddress mine, IpAddress target)
        {
            (_packets, _interfaceIndex, _mine, _target) = (packets, interfaceIndex, mine, target);
            _last = Read() is [.., var newest] ? newest.Number : 0; // what was heard before the question is no answer to it
        }

        public IReadOnlyList<WhoHasAnswer> Answers => _answers;

        public IReadOnlyList<string> Evidence => _evidence;

        /// <summary>Takes what has come since the last time.</summary>
        public void Listen()
        {
            foreach (var packet in Read())
            {
                if (packet.Number > _last) Take(packet);
            }
        }

        private IReadOnlyList<RecordedPacket> Read() => _packets.Read(p => p.Frame.InterfaceIndex == _interfaceIndex && p.IsResolutionOf(_target));

        private void Take(RecordedPacket packet)
        {
            _last = packet.Number;
            if (_answers.Count == MostAnswers) return;
            var frame = packet.Frame;
            var isSent = frame.Direction == FrameDirection.Sent;
            var answer = isSent ? null : ReadAnswer(packet);
            if (!isSent && answer is null) return;
            var id = _packets.Name(packet);
            _evidence.Add(id);
            if (isSent) _asked = frame.WallTime;
            else if (_answers.All(a => a.Mac != answer!.Value.Mac))
                _answers.Add(new WhoHasAnswer(answer!.Value.Mac, _asked is { } asked ? frame.WallTime - asked : TimeSpan.Zero, answer.Value.IsRouter, id));
        }

        // An ARP packet whose sender has the address claims it, reply or not (RFC 5227 §2.4); so does a neighbor advertisement.
        private (MacAddress Mac, bool IsRouter)? ReadAnswer(RecordedPacket packet)
        {
            var facts = packet.Facts;
            if (facts.IsArp) return facts.ArpSender == _target && facts.ArpSenderMac != _mine ? (facts.ArpSenderMac, false) : null;
            if (facts.IcmpType != (byte)Icmpv6Type.NeighborAdvertisement || facts.NeighborTarget != _target) return null;
            var from = facts.NeighborMac ?? facts.SourceMac;
            if (from == _mine) return null;
            if (facts.PayloadOffset < 4) return (from, false);
            var flags = packet.Frame.Bytes.Span[(facts.PayloadOffset - 4)..]; // the message's second four octets: R, S, O (RFC 4861 §4.4)
            return (from, (flags[0] & 0x80) != 0);
        }
    }
}
