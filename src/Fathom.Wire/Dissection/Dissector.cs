using System.Buffers;
using System.Text;
using Fathom.Wire.Application;

namespace Fathom.Wire.Dissection;

/// <summary>
/// Takes frames apart for people: everything that can be read, down to the first fault, and the fault. It is the one place
/// in this library that knows which protocol follows which.
/// </summary>
public static class Dissector
{
    /// <summary>Takes a frame apart. Never throws for what the bytes are.</summary>
    /// <param name="linkType">What the frame begins with: a LINKTYPE_ number, see <see cref="LinkType"/>. Of another number all is data.</param>
    /// <param name="bytes">The frame's octets, as many as were captured.</param>
    public static Dissection Dissect(int linkType, ReadOnlyMemory<byte> bytes) => Dissect(linkType, bytes, ApplicationDissectors.Known);

    /// <summary>Writes a frame's line, <see cref="Dissection.Summary"/>, safe for a terminal: for a list of many packets. Of ordinary packets nothing is allocated.</summary>
    /// <param name="linkType">What the frame begins with: a LINKTYPE_ number, see <see cref="LinkType"/>.</param>
    /// <param name="bytes">The frame's octets, as many as were captured.</param>
    /// <param name="output">Takes the line in UTF-8, without a line's end.</param>
    public static void WriteSummary(int linkType, ReadOnlyMemory<byte> bytes, IBufferWriter<byte> output)
        => WriteSummary(linkType, bytes, output, ApplicationDissectors.Known);

    internal static void WriteSummary(int linkType, ReadOnlyMemory<byte> bytes, IBufferWriter<byte> output, ApplicationDissectors applications)
    {
        ArgumentNullException.ThrowIfNull(output);
        DecodedPacket.Read(linkType, bytes.Span, out var packet);
        var line = new SummaryBuffer(output.GetSpan(PacketSummary.Room));
        if (PacketSummary.TryWrite(in packet, applications, ref line)) output.Advance(line.Length);
        else Encoding.UTF8.GetBytes(TextSanitizer.Escape(Summarize(linkType, bytes.Span, applications)), output);
    }

    private static string Summarize(int linkType, ReadOnlySpan<byte> bytes, ApplicationDissectors applications)
    {
        var context = new DissectionContext(applications, new LayerPool()) { KeepsFields = false };
        return context.ToSummary(LinkDissector.Dissect(context, linkType, bytes));
    }

    internal static Dissection Dissect(int linkType, ReadOnlyMemory<byte> bytes, ApplicationDissectors applications)
    {
        var context = new DissectionContext(applications, new LayerPool());
        return context.ToDissection(LinkDissector.Dissect(context, linkType, bytes.Span));
    }
}
