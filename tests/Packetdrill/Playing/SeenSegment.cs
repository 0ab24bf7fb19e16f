using System.Globalization;
using System.Text;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;
using Packetdrill.Language;

namespace Packetdrill.Playing;

/// <summary>What a packet of the endpoint says, taken apart; of TCP, UDP and ICMP.</summary>
internal sealed record SeenSegment
{
    public required TimeSpan At { get; init; }

    public required byte[] Bytes { get; init; }

    /// <summary>Octets waited to be sent behind it.</summary>
    public bool MoreWaits { get; init; }

    public required IpAddress Source { get; init; }

    public required IpAddress Destination { get; init; }

    public required IpProtocol Protocol { get; init; }

    public required byte TrafficClass { get; init; }

    public required byte HopLimit { get; init; }

    public uint FlowLabel { get; init; }

    /// <summary>Where the upper layer's header begins in <see cref="Bytes"/>.</summary>
    public required int Start { get; init; }

    public ReadOnlySpan<byte> Upper => Bytes.AsSpan(Start);

    /// <summary>Takes a packet apart; null for one that no IP version can read, or that is a fragment.</summary>
    public static SeenSegment? From(SeenPacket seen)
    {
        if (Ipv4Packet.TryRead(seen.Bytes, out var v4, out _))
        {
            return new SeenSegment
            {
                At = seen.At,
                Bytes = seen.Bytes,
                MoreWaits = seen.MoreWaits,
                Source = v4.Source,
                Destination = v4.Destination,
                Protocol = v4.Protocol,
                TrafficClass = (byte)((v4.Dscp << 2) | (byte)v4.Ecn),
                HopLimit = v4.TimeToLive,
                Start = v4.HeaderLength,
            };
        }

        if (!Ipv6Packet.TryRead(seen.Bytes, out var v6, out _) || !v6.TryReadUpperLayer(out var upper, out _)) return null;
        return new SeenSegment
        {
            At = seen.At,
            Bytes = seen.Bytes,
            MoreWaits = seen.MoreWaits,
            Source = v6.Source,
            Destination = v6.Destination,
            Protocol = upper.Protocol,
            TrafficClass = v6.TrafficClass,
            HopLimit = v6.HopLimit,
            FlowLabel = v6.FlowLabel,
            Start = upper.Offset,
        };
    }

    /// <summary>The options of a segment, with the script's numbers; padding at the end is left out.</summary>
    public static List<TcpOptionSpec> OptionsOf(TcpSegment segment)
    {
        var options = new List<TcpOptionSpec>();
        foreach (var option in segment.EnumerateOptions())
        {
            if (option.Kind == TcpOptionKind.NoOperation) options.Add(new TcpOptionSpec.NoOperation());
            else if (option.Kind == TcpOptionKind.EndOfList) break;
            else if (option.TryGetMaximumSegmentSize(out var size)) options.Add(new TcpOptionSpec.MaximumSegmentSize(size));
            else if (option.TryGetWindowScale(out var shift)) options.Add(new TcpOptionSpec.WindowScale(shift));
            else if (option.TryGetTimestamps(out var stamps)) options.Add(new TcpOptionSpec.Timestamps(stamps.Value, stamps.EchoReply));
            else if (option.SackBlockCount > 0) options.Add(new TcpOptionSpec.Sack(BlocksOf(option)));
            else if (option.Kind == TcpOptionKind.SackPermitted && option.Bytes.Length == 2) options.Add(new TcpOptionSpec.SackPermitted());
            else options.Add(new TcpOptionSpec.Other((byte)option.Kind, string.Create(CultureInfo.InvariantCulture, $"kind {(byte)option.Kind}"), [.. option.Data]));
        }

        return options;
    }

    /// <summary>The packet as a script would write it.</summary>
    public string Describe(Flow? flow)
    {
        if (Protocol == IpProtocol.Udp && UdpDatagram.TryRead(Upper, out var datagram, out _)) return string.Create(CultureInfo.InvariantCulture, $"> udp ({datagram.Payload.Length})");
        if (Protocol == IpProtocol.Icmp && IcmpMessage.TryRead(Upper, out var icmp, out _)) return string.Create(CultureInfo.InvariantCulture, $"> icmp {(byte)icmp.Type} {icmp.Code}");
        if (Protocol == IpProtocol.Icmpv6 && Icmpv6Message.TryRead(Upper, out var icmpv6, out _)) return string.Create(CultureInfo.InvariantCulture, $"> icmp {(byte)icmpv6.Type} {icmpv6.Code}");
        if (Protocol != IpProtocol.Tcp || !TcpSegment.TryRead(Upper, out var segment, out _)) return string.Create(CultureInfo.InvariantCulture, $"> a packet of protocol {(byte)Protocol}");
        var text = new StringBuilder("> ").Append(FlagText.Of(segment.Flags));
        var first = flow is null ? segment.SequenceNumber.Value : flow.FromLocal(segment.SequenceNumber.Value);
        text.Append(CultureInfo.InvariantCulture, $" {first}:{unchecked(first + (uint)segment.Payload.Length)}({segment.Payload.Length})");
        if ((segment.Flags & TcpFlags.Ack) != 0) text.Append(CultureInfo.InvariantCulture, $" ack {Flow.FromPeer(segment.AcknowledgmentNumber.Value)}");
        text.Append(CultureInfo.InvariantCulture, $" win {segment.Window}");
        var options = OptionsOf(segment);
        if (options.Count > 0) text.Append(" <").AppendJoin(',', options).Append('>');
        return text.ToString();
    }

    private static (uint Left, uint Right)[] BlocksOf(TcpOption option)
    {
        var blocks = new (uint, uint)[option.SackBlockCount];
        for (var i = 0; i < blocks.Length; i++)
        {
            var block = option.GetSackBlock(i);
            blocks[i] = (Flow.FromPeer(block.Left.Value), Flow.FromPeer(block.Right.Value));
        }

        return blocks;
    }
}
