using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Fathom.Wire.Dissection;

namespace Fathom.Cli.Labs.Sequence;

/// <summary>Says in few words what a packet is, for a place where it can be seen who sends it to whom.</summary>
internal sealed partial class PacketLabel
{
    private readonly CaptureDissector _dissector = new();
    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>The words: "DNS query A www.example.com", "TCP :443 [SYN]".</summary>
    /// <param name="number">The packet's number.</param>
    /// <param name="at">When it left.</param>
    /// <param name="linkType">What the frame begins with.</param>
    /// <param name="frame">The frame.</param>
    public string Of(int number, TimeSpan at, int linkType, ReadOnlyMemory<byte> frame)
    {
        _buffer.ResetWrittenCount();
        _dissector.WriteSummary(linkType, frame, number, at, _buffer);
        var text = Encoding.UTF8.GetString(_buffer.WrittenSpan);
        text = Ends().Replace(text, static m => m.Groups["protocol"].Value is "TCP" or "UDP" ? $"{m.Groups["protocol"].Value} {Service(m)} " : $"{m.Groups["protocol"].Value} ", 1);
        return Numbers().Replace(text, string.Empty).TrimEnd();
    }

    // The lower of the two ports is the service's.
    private static string Service(Match match)
    {
        var left = int.Parse(match.Groups["left"].ValueSpan, CultureInfo.InvariantCulture);
        var right = int.Parse(match.Groups["right"].ValueSpan, CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $":{Math.Min(left, right)}");
    }

    // "PROTOCOL A:PORT → B:PORT ", or without ports; the arrow of an error's quotation stays.
    [GeneratedRegex(@"^(?<protocol>\S+( echo request| echo reply)?) (\S*?)(:(?<left>\d{1,5}))? → (\S*?)(:(?<right>\d{1,5}))?( |$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Ends();

    // Numbers that nobody compares by eye, and who says it at the end, which the arrow shows.
    [GeneratedRegex(@" (seq|ack|win|id)=\d+|( from \S+|\? tell \S+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Numbers();
}
