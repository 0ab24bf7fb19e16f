using System.Text;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Dissection;

/// <summary>A segment's line: "TCP 10.1.0.2:40112 → 10.3.0.2:443 [SYN] seq=1 win=64240 mss=1460".</summary>
internal static class TcpSummary
{
    // Two endpoints of IPv6, all flags, the numbers and four SACK blocks take under 300 octets.
    private const int Room = 512;

    /// <summary>The line as a text.</summary>
    internal static string Of(TcpSegment tcp, IpEnvelope envelope)
    {
        var line = new SummaryBuffer(stackalloc byte[Room]);
        Write(tcp, envelope, ref line);
        return Encoding.UTF8.GetString(line.Written);
    }

    /// <summary>Writes the line.</summary>
    internal static void Write(TcpSegment tcp, IpEnvelope envelope, ref SummaryBuffer line)
    {
        line.Add("TCP "u8);
        line.AddRoute(envelope.Source, tcp.SourcePort, envelope.Destination, tcp.DestinationPort);
        line.Add(" ["u8);
        line.Add(tcp.Flags.Describe());
        line.Add("] seq="u8, tcp.SequenceNumber.Value);
        if ((tcp.Flags & TcpFlags.Ack) != 0) line.Add(" ack="u8, tcp.AcknowledgmentNumber.Value);
        line.Add(" win="u8, tcp.Window);
        if (!tcp.Payload.IsEmpty) line.Add(" len="u8, (uint)tcp.Payload.Length);
        if (tcp.HeaderLength > TcpSegment.MinHeaderLength) WriteOptions(tcp, ref line);
    }

    // Of options that come twice the last one counts.
    private static void WriteOptions(TcpSegment tcp, ref SummaryBuffer line)
    {
        ushort? size = null;
        TcpOption sack = default;
        foreach (var option in tcp.EnumerateOptions())
        {
            if (option.TryGetMaximumSegmentSize(out var found)) size = found;
            else if (option.SackBlockCount > 0) sack = option;
        }

        if (size is { } known) line.Add(" mss="u8, known);
        for (var i = 0; !sack.Bytes.IsEmpty && i < sack.SackBlockCount; i++)
        {
            var block = sack.GetSackBlock(i);
            line.Add(" sack="u8, block.Left.Value);
            line.Add("-"u8, block.Right.Value);
        }
    }
}
