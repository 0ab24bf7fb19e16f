using Fathom.Wire.Capture;

namespace Fathom.Wire.Tests.Dissection;

/// <summary>Every frame of the shared captures.</summary>
internal static class ConformanceFrames
{
    private static readonly string[] Sets = ["gopacket-pcapng", "handmade", "packetnet", "tcpdump", "wireshark"];

    /// <summary>The frames, each with its place for messages.</summary>
    internal static IEnumerable<(string Where, int LinkType, ReadOnlyMemory<byte> Bytes)> All()
    {
        foreach (var (name, path, _) in Sets.SelectMany(ConformancePackets.Captures))
        {
            using var reader = new CaptureReader(File.OpenRead(path));
            for (var number = 1; reader.TryRead(out var packet); number++) yield return ($"{name} #{number}", packet.Interface.LinkType, packet.Bytes);
        }
    }

    /// <summary>The frames, and of each a few that are cut or have octets changed, always the same ones.</summary>
    internal static IEnumerable<(string Where, int LinkType, ReadOnlyMemory<byte> Bytes)> AllAndDamaged()
    {
        const int Changes = 12;
        var random = new Random(4);
        foreach (var (where, linkType, bytes) in All())
        {
            yield return (where, linkType, bytes);
            for (var i = 0; i < Changes && bytes.Length > 0; i++)
            {
                var copy = bytes.ToArray();
                var head = Math.Min(copy.Length, 120);
                copy[random.Next(head)] = (byte)random.Next(256);
                copy[random.Next(head)] ^= (byte)(1 << random.Next(8));
                var length = i % 2 == 0 ? copy.Length : random.Next(copy.Length + 1);
                yield return ($"{where}, change {i}", linkType, copy.AsMemory(0, length));
            }
        }
    }
}
