using System.Globalization;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Dissection;

/// <summary>Names of link types, and a guess for bytes that come without one.</summary>
public static class LinkTypeText
{
    private static readonly (string Name, int Number)[] Names =
    [
        ("ethernet", LinkType.Ethernet), ("raw", LinkType.RawIp), ("ipv4", LinkType.Ipv4), ("ipv6", LinkType.Ipv6), ("null", LinkType.Null),
        ("loop", LinkType.Loop), ("sll", LinkType.LinuxCooked), ("sll2", LinkType.LinuxCookedV2),
    ];

    /// <summary>The names, for a person to choose from.</summary>
    public static IEnumerable<string> Known => Names.Select(static n => n.Name);

    /// <summary>The name: "ethernet"; or "link type 147".</summary>
    /// <param name="linkType">A LINKTYPE_ number.</param>
    public static string Describe(int linkType)
        => Array.Find(Names, n => n.Number == linkType).Name ?? string.Create(CultureInfo.InvariantCulture, $"link type {linkType}");

    /// <summary>Reads a name or a number from 0 to 65535.</summary>
    /// <param name="text">The text.</param>
    /// <param name="linkType">The number, or 0.</param>
    public static bool TryParse(string text, out int linkType)
    {
        foreach (var (name, number) in Names)
        {
            linkType = number;
            if (string.Equals(name, text, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out linkType) && linkType <= ushort.MaxValue;
    }

    /// <summary>
    /// Guesses what bytes begin with. A packet whose version, and whose length or header checksum fit, begins with IP; what is none is taken for Ethernet.
    /// </summary>
    /// <param name="bytes">The bytes.</param>
    public static int Guess(ReadOnlySpan<byte> bytes)
    {
        if (Ipv4Packet.TryReadTruncated(bytes, out var v4, out _) && (v4.ChecksumIsValid || v4.TotalLength == bytes.Length)) return LinkType.RawIp;
        return Ipv6Packet.TryRead(bytes, out var v6, out _) && v6.Bytes.Length == bytes.Length ? LinkType.RawIp : LinkType.Ethernet;
    }
}
