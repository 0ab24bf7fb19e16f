using Fathom.Probes.Evidence;
using Fathom.Probes.Transport;
using Fathom.Wire.Transport;

namespace Fathom.Cli.Udp;

/// <summary>What is known of one run of <c>fathom udp send</c>.</summary>
internal sealed class UdpSendReport(IpEndpoint local, IpEndpoint remote, byte[] payload)
{
    public IpEndpoint Local { get; set; } = local;

    public IpEndpoint Remote { get; } = remote;

    public byte[] Payload { get; } = payload;

    public RecordedPacket? Captured { get; set; }

    public string? CaptureRefusal { get; init; }

    public bool Interrupted { get; set; }

    public List<DatagramExchangeOutcome> Outcomes { get; } = [];

    /// <summary>The UDP datagram with its header: as captured, or null.</summary>
    public ReadOnlyMemory<byte>? Octets => Captured is { } packet
        ? packet.Frame.Bytes.Slice(packet.Facts.TransportOffset, packet.Facts.PayloadOffset + packet.Facts.PayloadLength - packet.Facts.TransportOffset)
        : null;
}
