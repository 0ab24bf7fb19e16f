using System.Globalization;
using Fathom.Wire.Application;

namespace Fathom.Cli.Dissect;

/// <summary>A packet as one line of a list: number, seconds since the first packet, octets, and what it is.</summary>
internal static class PacketLine
{
    /// <summary>The line.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="start">When the first packet came, as <see cref="SourcePacket.UnixNanoseconds"/>; null where nobody knows.</param>
    /// <param name="summary">What it is.</param>
    /// <param name="withInterface">Say on which interface.</param>
    public static string Of(SourcePacket packet, long? start, string summary, bool withInterface = false)
    {
        var time = packet.UnixNanoseconds is { } now && start is { } first
            ? string.Create(CultureInfo.InvariantCulture, $"{(now - first) / 1e9,11:F6}")
            : new string(' ', 11);
        var on = withInterface && packet.Interface is { } name ? TextSanitizer.Escape(name) + "  " : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"{packet.Number,5} {time} {packet.OriginalLength,5}  {on}{TextSanitizer.Escape(summary)}");
    }

    /// <summary>The line as far as a terminal is wide.</summary>
    public static string Cut(string line, int width) => line.Length <= width ? line : line[..(width - 1)] + "…";
}
