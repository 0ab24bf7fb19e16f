using System.Globalization;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;
using Packetdrill.Language;

namespace Packetdrill.Playing;

/// <summary>Waiting for what the endpoint sends.</summary>
internal sealed partial class ScriptPlayer
{
    private void ExpectSegment(ScriptEvent happening, TcpPacketAction action, TimeSpan start, TimeSpan latest, TimeSpan tolerance)
    {
        var expectation = new SegmentExpectation(action, _options);
        while (!expectation.IsComplete && _outcome is null)
        {
            if (Next(happening, PacketText.Of(action), start, latest, tolerance) is not { } seen) return;
            if (seen.Protocol != IpProtocol.Tcp || !TcpSegment.TryRead(seen.Upper, out var segment, out _))
            {
                Fail(happening.Line, $"expected {PacketText.Of(action)}, seen {seen.Describe(null)} at {ScriptText.Seconds(seen.At - _origin)}");
                return;
            }

            var flow = _flows.Outbound(segment);
            if (expectation.Compare(seen, flow) is { } difference)
            {
                Fail(happening.Line, $"{difference}: expected {PacketText.Of(action)}, seen {seen.Describe(flow)} at {ScriptText.Seconds(seen.At - _origin)}");
                return;
            }

            if (happening.Time.Kind != TimeKind.Any && !CheckTime(happening.Line, $"{seen.Describe(flow)} came", seen.At, start, latest, tolerance)) return;
        }
    }

    private void ExpectOther(ScriptEvent happening, PacketAction action, TimeSpan start, TimeSpan latest, TimeSpan tolerance)
    {
        var text = PacketText.Of(action);
        if (Next(happening, text, start, latest, tolerance) is not { } seen) return;
        var isAsExpected = action switch
        {
            UdpPacketAction udp => seen.Protocol == IpProtocol.Udp && UdpDatagram.TryRead(seen.Upper, out var datagram, out _) && datagram.Payload.Length == udp.Length
                && datagram.ChecksumIsValid(seen.Source, seen.Destination),
            IcmpPacketAction icmp => IsIcmp(icmp, seen),
            _ => false,
        };
        if (!isAsExpected) Fail(happening.Line, $"expected {text}, seen {seen.Describe(null)} at {ScriptText.Seconds(seen.At - _origin)}");
        else if (happening.Time.Kind != TimeKind.Any) CheckTime(happening.Line, $"{seen.Describe(null)} came", seen.At, start, latest, tolerance);
    }

    private bool IsIcmp(IcmpPacketAction expected, SeenSegment seen)
    {
        var local = new IpEndpoint(_options.Local, 0);
        if (IcmpBuilder.Build(expected, local, new IpEndpoint(_options.Remote, 0), null, out _) is not { } built || SeenSegment.From(new SeenPacket(default, built)) is not { } model) return false;
        return seen.Protocol == model.Protocol && seen.Upper.Length >= 2 && seen.Upper[0] == model.Upper[0] && seen.Upper[1] == model.Upper[1];
    }

    // The next packet that the endpoint sent or sends, up to the time by which the expected one must be there.
    private SeenSegment? Next(ScriptEvent happening, string expected, TimeSpan start, TimeSpan latest, TimeSpan tolerance)
    {
        var limit = happening.Time.Kind == TimeKind.Any ? _host.Now + Patience : latest + tolerance;
        if (TryNext(limit) is { } seen) return seen;
        if (_outcome is not null) return null;
        var until = ScriptText.Seconds(limit - _origin);
        var message = string.Create(CultureInfo.InvariantCulture, $"expected {expected} at {ScriptText.Seconds(start - _origin)}, seen nothing until {until}");

        // What comes instead, and when, tells more than its absence.
        var after = TryNext(limit + Patience);
        _outcome = null;
        Fail(happening.Line, after is null ? message : $"{message}; then {after.Describe(_flows.Current)} at {ScriptText.Seconds(after.At - _origin)}");
        return null;
    }

    private SeenSegment? TryNext(TimeSpan limit)
    {
        while (_outcome is null)
        {
            while (_host.TryTakeSeen(out var packet))
            {
                if (SeenSegment.From(packet) is { } seen) return seen;
            }

            if (!Step(limit, inclusive: true)) break;
        }

        return null;
    }
}
