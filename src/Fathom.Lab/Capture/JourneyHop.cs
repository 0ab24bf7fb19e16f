using Fathom.Lab.Link;
using Fathom.Wire.Link;

namespace Fathom.Lab.Capture;

/// <summary>A packet's way over one link: from the host that sent the frame to those that took it.</summary>
public sealed class JourneyHop
{
    private readonly List<(LabHost Host, TimeSpan At)> _arrivals = [];

    internal JourneyHop(Journey journey, HostPort from, TimeSpan sentAt, byte[] frame)
    {
        Journey = journey;
        From = from;
        SentAt = sentAt;
        Frame = frame;
    }

    /// <summary>The journey that it belongs to.</summary>
    public Journey Journey { get; }

    /// <summary>Where the frame left.</summary>
    public HostPort From { get; }

    /// <summary>When it left.</summary>
    public TimeSpan SentAt { get; }

    /// <summary>The frame's octets as they crossed the link, from the link layer's header on.</summary>
    public ReadOnlyMemory<byte> Frame { get; }

    /// <summary>What the frame begins with: <see cref="Wire.Dissection.LinkType.Ethernet"/>, or <see cref="Wire.Dissection.LinkType.RawIp"/> on a line with one other end.</summary>
    public int LinkType => From.IsEthernet ? Wire.Dissection.LinkType.Ethernet : Wire.Dissection.LinkType.RawIp;

    /// <summary>The IP packet in it, with what pads the frame; empty where it carries something else.</summary>
    public ReadOnlyMemory<byte> Packet
    {
        get
        {
            if (!From.IsEthernet) return Frame;
            return EthernetFrame.TryRead(Frame.Span, out var frame, out _) && frame.EtherType is EtherType.Ipv4 or EtherType.Ipv6 ? Frame[^frame.Payload.Length..] : default;
        }
    }

    /// <summary>Who took it, and when.</summary>
    public IReadOnlyList<(LabHost Host, TimeSpan At)> Arrivals => _arrivals;

    /// <summary>Why it arrived nowhere; null where it did, or is under way.</summary>
    public FrameDrop? Dropped { get; internal set; }

    internal void Arrive(LabHost host, TimeSpan at) => _arrivals.Add((host, at));
}
