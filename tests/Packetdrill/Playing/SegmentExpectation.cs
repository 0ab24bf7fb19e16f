using System.Globalization;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;
using Packetdrill.Language;

namespace Packetdrill.Playing;

/// <summary>
/// A segment that a script expects. Unless the script is strict, it may come as several that together cover it: what a segmentation offload cuts is many packets
/// on a wire. FIN and PSH then belong to the last of them.
/// </summary>
internal sealed class SegmentExpectation(TcpPacketAction action, ScriptOptions options)
{
    // Bits that the pieces before the last one do not carry.
    private const TcpFlags LastOnly = TcpFlags.Fin | TcpFlags.Psh;

    private int _covered;

    /// <summary>Everything expected has come.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Compares the next packet. Null if it is as expected, otherwise the difference.</summary>
    public string? Compare(SeenSegment seen, Flow flow)
    {
        if (seen.Protocol != IpProtocol.Tcp || !TcpSegment.TryRead(seen.Upper, out var segment, out _)) return "not a TCP segment";
        if (!segment.ChecksumIsValid(seen.Source, seen.Destination)) return "the checksum is wrong";
        var tcp = action.Tcp;
        if (action.Ports is { } ports && (segment.SourcePort != ports.Source || segment.DestinationPort != ports.Destination))
            return string.Create(CultureInfo.InvariantCulture, $"ports: expected {ports.Source} > {ports.Destination}, seen {segment.SourcePort} > {segment.DestinationPort}");

        if ((segment.Flags & TcpFlags.Syn) != 0 && flow.MayLearn) flow.Learn(tcp.Sequence.First, segment.SequenceNumber.Value);
        return CompareIp(seen) ?? CompareFlags(segment, seen.MoreWaits) ?? CompareNumbers(segment, flow) ?? CompareOptions(segment, flow, seen.At);
    }

    private string? CompareIp(SeenSegment seen)
    {
        var ip = action.Ip;
        var ecn = (Ecn)(seen.TrafficClass & 3);
        if (ip.Ecn is { } expected && ecn != expected) return $"ECN field: expected {expected}, seen {ecn}";
        if (ip.IsEitherCapable && ecn is not (Ecn.Capable0 or Ecn.Capable1)) return $"ECN field: expected ECT(0) or ECT(1), seen {ecn}";
        if (ip.TrafficClass is { } trafficClass && seen.TrafficClass != trafficClass) return Differs("traffic class", trafficClass, seen.TrafficClass);
        if (ip.HopLimit is { } hopLimit && seen.HopLimit != hopLimit) return Differs("TTL", hopLimit, seen.HopLimit);
        return ip.FlowLabel is { } label && seen.FlowLabel != label ? Differs("flow label", label, seen.FlowLabel) : null;
    }

    private string? CompareFlags(TcpSegment segment, bool moreWaits)
    {
        var left = action.Tcp.Sequence.Length - _covered;
        var isLast = options.IsStrict || segment.Payload.Length >= left;
        var expected = PacketBuilder.FlagsOf(action.Tcp);
        var seen = segment.Flags;
        if (!isLast)
        {
            expected &= ~LastOnly;

            // Where a burst is cut, the sender may push at each cut; data is what counts.
            seen &= ~TcpFlags.Psh;
        }
        else if (_covered > 0)
        {
            // RFC 3168 §6.1.2: CWR is on the first new segment only.
            expected &= ~TcpFlags.Cwr;
        }

        // The same where the last piece is not the last that was written.
        if (!options.IsStrict && moreWaits)
        {
            expected &= ~TcpFlags.Psh;
            seen &= ~TcpFlags.Psh;
        }

        return seen == expected ? null : $"flags: expected {FlagText.Of(expected)}, seen {FlagText.Of(seen)}";
    }

    private string? CompareNumbers(TcpSegment segment, Flow flow)
    {
        var tcp = action.Tcp;
        var first = unchecked(tcp.Sequence.First + (uint)_covered);
        var seenFirst = flow.FromLocal(segment.SequenceNumber.Value);
        if (seenFirst != first) return Differs("sequence number", first, seenFirst);
        var left = tcp.Sequence.Length - _covered;
        var length = segment.Payload.Length;
        if (length > left || (options.IsStrict && length != left) || (length == 0 && left > 0)) return Differs("octets of data", left, length);
        if ((segment.Flags & TcpFlags.Ack) != 0 && tcp.Acknowledgment is { } acknowledgment && Flow.FromPeer(segment.AcknowledgmentNumber.Value) is var seen && seen != acknowledgment)
            return Differs("acknowledgment", acknowledgment, seen);
        if (tcp.Window is { } window && segment.Window != window) return Differs("window", window, segment.Window);
        if (tcp.Urgent is { } urgent && segment.UrgentPointer != urgent) return Differs("urgent pointer", urgent, segment.UrgentPointer);
        if (segment.Payload.ContainsAnyExcept((byte)0)) return "data: expected zeros, seen others";
        _covered += length;
        IsComplete = _covered == tcp.Sequence.Length;
        return null;
    }

    private string? CompareOptions(TcpSegment segment, Flow flow, TimeSpan at)
    {
        var tcp = action.Tcp;
        if (tcp.AnyOptions) return null;
        var seen = SeenSegment.OptionsOf(segment);
        var expected = tcp.Options.ToList();
        while (expected.Count > 0 && expected[^1] is TcpOptionSpec.EndOfList) expected.RemoveAt(expected.Count - 1);
        if (expected.Count != seen.Count) return DiffersIn(expected, seen);
        for (var i = 0; i < expected.Count; i++)
        {
            if (expected[i] is TcpOptionSpec.Timestamps wanted && seen[i] is TcpOptionSpec.Timestamps stamps)
            {
                if (CompareTimestamps(wanted, stamps, flow, at) is { } difference) return difference;
            }
            else if (!AreSame(expected[i], seen[i]))
            {
                return DiffersIn(expected, seen);
            }
        }

        return null;
    }

    private string? CompareTimestamps(TcpOptionSpec.Timestamps expected, TcpOptionSpec.Timestamps seen, Flow flow, TimeSpan at)
    {
        if (seen.Echo != expected.Echo) return Differs("timestamp's echo", expected.Echo, seen.Echo);
        var (script, actual) = flow.Map(expected.Value, seen.Value, at);
        if (options.TimestampTick is not { } tick) return null;

        // Ticks since the first timestamp: those that the script writes, and those that were sent, against the clock.
        var elapsed = at - flow.FirstTimestampAt!.Value;
        var allowed = options.ToleranceOf(elapsed) + tick;
        if ((tick * script - elapsed).Duration() > allowed) return string.Create(CultureInfo.InvariantCulture, $"timestamp: {script} ticks after the first, but {ScriptText.Seconds(elapsed)} s went by");
        return (tick * actual - elapsed).Duration() > allowed
            ? string.Create(CultureInfo.InvariantCulture, $"timestamp: expected {script} ticks after the first, seen {actual} after {ScriptText.Seconds(elapsed)} s")
            : null;
    }

    private static bool AreSame(TcpOptionSpec expected, TcpOptionSpec seen) => (expected, seen) switch
    {
        (TcpOptionSpec.Sack left, TcpOptionSpec.Sack right) => left.Blocks.SequenceEqual(right.Blocks),
        (TcpOptionSpec.Other left, TcpOptionSpec.Other right) => left.Kind == right.Kind && left.Data.SequenceEqual(right.Data),
        _ => expected == seen,
    };

    private static string DiffersIn(List<TcpOptionSpec> expected, List<TcpOptionSpec> seen) => $"options: expected <{string.Join(',', expected)}>, seen <{string.Join(',', seen)}>";

    private static string Differs(string what, long expected, long seen) => string.Create(CultureInfo.InvariantCulture, $"{what}: expected {expected}, seen {seen}");
}
