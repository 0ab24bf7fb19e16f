using Fathom.Wire.Internet;

namespace Fathom.Wire.Transport;

/// <summary>Cuts a message into TCP segments. TCP cuts where it likes: a reader must not take a segment for a message (RFC 9293 §3.7).</summary>
public static class TcpSegmenter
{
    /// <summary>
    /// The maximum segment size for a link: its MTU less the fixed IP header and the fixed TCP header (RFC 9293 §3.7.1, RFC 6691 §2).
    /// Options of either make a segment's data smaller, not this number.
    /// </summary>
    /// <param name="mtu">Octets that the link carries.</param>
    /// <param name="version">Which IP header.</param>
    /// <returns>The size; 0 if the MTU has no room for data.</returns>
    public static int MaximumSegmentSize(int mtu, IpVersion version)
        => Math.Max(0, mtu - (version == IpVersion.V6 ? Ipv6Packet.HeaderLength : Ipv4Packet.MinHeaderLength) - TcpSegment.MinHeaderLength);

    /// <summary>Cuts a message.</summary>
    /// <param name="message">What is sent.</param>
    /// <param name="maximumSegmentSize">The peer's maximum segment size; the template's options are taken off it.</param>
    /// <param name="template">Ports, first sequence number, acknowledgment, window, options. PSH is set on the last segment.</param>
    /// <exception cref="ArgumentOutOfRangeException">The options leave no room for data.</exception>
    public static IReadOnlyList<TcpPiece> Split(ReadOnlyMemory<byte> message, int maximumSegmentSize, TcpHeader template)
    {
        var room = maximumSegmentSize - template.Options.Length;
        ArgumentOutOfRangeException.ThrowIfLessThan(room, 1, nameof(maximumSegmentSize));
        var pieces = new List<TcpPiece>((message.Length / room) + 1);
        for (var at = 0; at < message.Length; at += room)
        {
            var length = Math.Min(room, message.Length - at);
            var flags = template.Flags | (at + length == message.Length ? TcpFlags.Psh : TcpFlags.None);
            pieces.Add(new TcpPiece(template with { SequenceNumber = template.SequenceNumber + (uint)at, Flags = flags }, message.Slice(at, length), at));
        }

        return pieces;
    }
}
