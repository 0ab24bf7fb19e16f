using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Encapsulation;

/// <summary>A UDP datagram's way: its fragments arrive or not; nobody sends any of them again.</summary>
internal sealed class DatagramJourney(PacketizedMessage message, JourneyOptions options)
{
    // RFC 792, RFC 4443 §3.3: "fragment reassembly time exceeded".
    private const byte ReassemblyTimeExceeded = 1;

    // RFC 1812 §4.3.2.3: an ICMP error, with its quote, stays within 576 octets; RFC 4443 §2.4 (c): within IPv6's smallest MTU.
    private const int LongestIcmpError = 576;

    private readonly JourneyLog _log = new();
    private readonly IpReassembler _reassembler = new();
    private ReadOnlyMemory<byte>? _datagram;

    internal JourneyReport Run()
    {
        var now = TimeSpan.Zero;
        foreach (var (at, packet, isCopy) in Arrivals())
        {
            now = at;
            Arrive(at, packet, isCopy);
        }

        if (_datagram is null && _reassembler.Deadline is { } deadline)
        {
            now = deadline;
            foreach (var abandoned in _reassembler.HandleDeadline(deadline)) GiveUp(deadline, abandoned);
        }

        var missing = _datagram is null ? [(0, message.Message.Length)] : Array.Empty<(int, int)>();
        return new JourneyReport([.. _log.Steps.OrderBy(static s => s.At)], _log.Frames, _datagram is null ? default : Payload(), missing, message.Packets.Count, now);
    }

    private List<(TimeSpan At, MessagePacket Packet, bool IsCopy)> Arrivals()
    {
        var lost = options.Lost.ToHashSet();
        var arrivals = new List<(TimeSpan At, MessagePacket Packet, bool IsCopy)>();
        for (var i = 0; i < message.Packets.Count; i++)
        {
            var packet = message.Packets[i];
            var sent = i * options.Spacing;
            _log.Add(sent, JourneyEvent.Sent, packet.Number, $"sent");
            if (lost.Contains(packet.Number))
            {
                _log.Add(sent, JourneyEvent.Lost, packet.Number, $"lost on the link; nobody is told");
                continue;
            }

            var at = sent + options.Delay + (i < options.ExtraDelays.Count ? options.ExtraDelays[i] : TimeSpan.Zero);
            arrivals.Add((at, packet, false));
            if (options.Duplicated.Contains(packet.Number)) arrivals.Add((at + options.Spacing, packet, true));
        }

        return [.. arrivals.OrderBy(static a => a.At).ThenBy(static a => a.Packet.Number)];
    }

    private void Arrive(TimeSpan at, MessagePacket packet, bool isCopy)
    {
        _log.Saw(at, true, packet.Frame);
        var name = isCopy ? "again" : "arrives";
        if (_datagram is not null)
        {
            // The identification is free again, so a late copy begins a new packet, which never becomes whole.
            var late = _reassembler.Accept(packet.Packet.Span, at);
            _log.Add(at, JourneyEvent.Arrived, packet.Number, late is ReassemblyOutcome.Whole
                ? (FormattableString)$"{name}: a second whole datagram; UDP gives the application both"
                : $"{name}: the packet was complete already; the copy waits for others, and is dropped when its time is up");
            return;
        }

        switch (_reassembler.Accept(packet.Packet.Span, at))
        {
            case ReassemblyOutcome.Whole:
                _log.Add(at, JourneyEvent.Arrived, packet.Number, $"{name}: a whole packet, nothing to reassemble");
                _datagram = packet.Packet;
                break;
            case ReassemblyOutcome.Kept kept:
                _log.Add(at, JourneyEvent.Arrived, packet.Number, $"{name}: octets {kept.Offset}–{kept.Offset + kept.Length - 1} kept; missing {string.Join(", ", kept.Missing)}");
                break;
            case ReassemblyOutcome.Repeated:
                _log.Add(at, JourneyEvent.Arrived, packet.Number, $"{name}: the same octets are there already; ignored");
                break;
            case ReassemblyOutcome.Completed completed:
                _log.Add(at, JourneyEvent.Arrived, packet.Number, $"{name}: the last hole is closed; {completed.Fragments} fragments are one packet of {completed.Packet.Length} octets");
                _datagram = completed.Packet;
                break;
            case ReassemblyOutcome.Dropped dropped:
                _log.Add(at, JourneyEvent.Arrived, packet.Number, $"{name}: dropped ({dropped.Fault})");
                break;
        }
    }

    private void GiveUp(TimeSpan at, AbandonedDatagram abandoned)
    {
        _log.Add(at, JourneyEvent.TimedOut, 0, $"the reassembly timer runs out: {string.Join(", ", abandoned.Missing)} never came; the {abandoned.Fragments} fragments that did are thrown away");
        if (abandoned.FirstFragment is not { } first)
        {
            _log.Add(at, JourneyEvent.Reported, 0, $"fragment 1 is among the missing, so no ICMP message is sent: nobody hears of the loss");
            return;
        }

        var frame = TimeExceeded(first.Span);
        _log.Saw(at, false, frame);
        _log.Add(at, JourneyEvent.Reported, 0, $"the receiver sends ICMP{(message.Options.Source.Address.IsV6 ? "v6" : string.Empty)} \"fragment reassembly time exceeded\"; UDP itself sends nothing again");
    }

    private byte[] TimeExceeded(ReadOnlySpan<byte> quoted)
    {
        var (source, destination) = (message.Options.Destination.Address, message.Options.Source.Address);
        var isV6 = source.IsV6;
        var room = isV6 ? Ipv6Packet.MinMtu - Ipv6Packet.HeaderLength - Icmpv6Message.HeaderLength : LongestIcmpError - Ipv4Packet.MinHeaderLength - IcmpMessage.HeaderLength;
        quoted = quoted[..Math.Min(quoted.Length, room)];
        var icmp = new byte[IcmpMessage.HeaderLength + quoted.Length];
        quoted.CopyTo(icmp.AsSpan(IcmpMessage.HeaderLength));
        if (isV6) Icmpv6Header.TimeExceeded(ReassemblyTimeExceeded).WriteTo(icmp, source, destination);
        else IcmpHeader.TimeExceeded(ReassemblyTimeExceeded).WriteTo(icmp);
        return Packetizer.Enclose(message.Options, false, Packetizer.WrapIp(message.Options, source, destination, isV6 ? IpProtocol.Icmpv6 : IpProtocol.Icmp, icmp, 1));
    }

    // The datagram is whole: its own length and checksum decide.
    private ReadOnlyMemory<byte> Payload()
    {
        var packet = _datagram!.Value;
        var offset = message.Options.Source.Address.IsV6 ? Ipv6Packet.HeaderLength : Ipv4Packet.MinHeaderLength;
        var intact = UdpDatagram.TryRead(packet.Span[offset..], out var udp, out _) && udp.ChecksumIsValid(message.Options.Source.Address, message.Options.Destination.Address);
        return intact ? packet.Slice(offset + UdpDatagram.HeaderLength, udp.Payload.Length) : default;
    }
}
