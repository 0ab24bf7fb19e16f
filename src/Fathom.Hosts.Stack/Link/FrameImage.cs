using System.Buffers.Binary;
using Fathom.Stack.Buffers;
using Fathom.Wire.Internet;

namespace Fathom.Hosts.Stack.Link;

/// <summary>A frame as it will be on the link: with the transport checksum that a device has yet to fill in.</summary>
internal static class FrameImage
{
    private const int UdpHeaderLength = 8;
    private const int UdpChecksum = 6;
    private const int TcpChecksum = 16;

    /// <summary>Copies the frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="destination">Takes its octets.</param>
    public static void CopyTo(PacketBuffer frame, Span<byte> destination)
    {
        frame.Span.CopyTo(destination);
        if (frame.Checksum != ChecksumState.Partial) return;
        var segment = destination[(frame.Length - frame.TransportLength)..frame.Length];
        var isUdp = frame.TransportHeaderLength == UdpHeaderLength;

        // The field holds the pseudo-header's sum, which counts like any other word.
        var sum = InternetChecksum.Compute(segment);
        if (isUdp && sum == 0) sum = 0xFFFF; // RFC 768: zero means "none"
        BinaryPrimitives.WriteUInt16BigEndian(segment[(isUdp ? UdpChecksum : TcpChecksum)..], sum);
    }
}
