using System.Globalization;
using Fathom.Cli.Output;
using Fathom.Cli.Sockets;
using Fathom.Probes.Transport;
using Fathom.Wire.Transport;
using Spectre.Console.Rendering;

namespace Fathom.Cli.Tcp;

/// <summary>Segments as a table of at most 80 columns.</summary>
internal static class SegmentTable
{
    /// <summary>With the window, which is negotiated in a handshake.</summary>
    public static IRenderable WithWindows(IEnumerable<SegmentRecord> segments) => Make(segments, "window", Window);

    /// <summary>With octets of payload.</summary>
    public static IRenderable WithPayload(IEnumerable<SegmentRecord> segments) => Make(segments, "octets", static s => Amount.Number(s.PayloadLength));

    /// <summary>What each side offered in its SYN.</summary>
    public static IRenderable Offers(SegmentRecord syn, SegmentRecord synAck) => Listing.Columns(
        ["offered by", "MSS", "window scale", "SACK", "timestamps", "ECN"], [Offer("client", syn), Offer("server", synAck)]);

    /// <summary>"client" for the end that connected.</summary>
    public static string Side(SegmentRecord segment) => segment.FromInitiator ? "client" : "server";

    private static IRenderable Make(IEnumerable<SegmentRecord> segments, string last, Func<SegmentRecord, string> cell) => Listing.Columns(
        ["ms", "from", "flags", "seq", "ack", "relative", last],
        segments.Select(s => new[]
        {
            Amount.Milliseconds(s.At),
            Side(s),
            Flags(s),
            s.Sequence.ToString(),
            s.Has(TcpFlags.Ack) ? s.Acknowledgment.ToString() : "-",
            string.Create(CultureInfo.InvariantCulture, $"{s.RelativeSequence?.ToString(CultureInfo.InvariantCulture) ?? "?"} / {s.RelativeAcknowledgment?.ToString(CultureInfo.InvariantCulture) ?? (s.Has(TcpFlags.Ack) ? "?" : "-")}"),
            cell(s),
        }));

    private static string Flags(SegmentRecord segment)
        => segment.Flags.Describe().Replace(", ", ",", StringComparison.Ordinal) + (segment.IsRetransmission ? " again" : string.Empty);

    private static string Window(SegmentRecord segment) => segment.WindowOctets is { } octets && octets != segment.Window
        ? string.Create(CultureInfo.InvariantCulture, $"{segment.Window} = {octets}")
        : Amount.Number(segment.Window);

    private static string[] Offer(string side, SegmentRecord segment)
    {
        var options = segment.Options;
        // RFC 3168 §6.1.1: a SYN offers ECN by ECE and CWR, its answer agrees by ECE alone.
        var ecn = segment.Has(TcpFlags.Ack) ? segment.Has(TcpFlags.Ece) && !segment.Has(TcpFlags.Cwr) : segment.Has(TcpFlags.Ece | TcpFlags.Cwr);
        return
        [
            side,
            options.MaximumSegmentSize is { } size ? Amount.Number(size) : "536, by default",
            options.WindowScale is { } shift ? string.Create(CultureInfo.InvariantCulture, $"{shift} (x{1 << Math.Min(shift, (byte)14)})") : "no",
            options.SackPermitted ? "yes" : "no",
            options.Timestamps is { } stamps ? string.Create(CultureInfo.InvariantCulture, $"{stamps.Value} / {stamps.EchoReply}") : "no",
            ecn ? "yes" : "no",
        ];
    }
}
