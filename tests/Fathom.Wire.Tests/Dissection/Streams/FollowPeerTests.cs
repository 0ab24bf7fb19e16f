using System.Globalization;
using System.Text.RegularExpressions;
using Fathom.Wire.Capture;
using Fathom.Wire.Dissection;

namespace Fathom.Wire.Tests.Dissection.Streams;

/// <summary>Conversations hold the octets that tshark's "follow" shows of them.</summary>
public sealed partial class FollowPeerTests
{
    // Where octets are missing tshark puts these words among them: "[", a number, " bytes missing in capture file]" and a zero.
    [GeneratedRegex("5b(?:3[0-9])+206279746573206d697373696e6720696e20636170747572652066696c655d00")]
    private static partial Regex Missing();

    [Fact]
    public async Task Each_side_says_what_tshark_follows()
    {
        var root = ConformancePackets.Require();
        Assert.SkipUnless(File.Exists("/usr/bin/tshark"), "tshark is not installed.");
        var (differences, compared, octets) = (new List<string>(), 0, 0L);
        foreach (var path in Directory.EnumerateFiles(Path.Combine(root, "wireshark")).Order(StringComparer.Ordinal))
        {
            var packets = Read(path);
            if (packets.Count == 0) continue;
            var listed = await Shell.RunAsync(["tshark", "-n", "-r", path, "-Y", "tcp.stream && !icmp && !icmpv6", "-T", "fields", "-E", "occurrence=f", "-e", "tcp.stream", "-e", "frame.number"], limit: TimeSpan.FromMinutes(1));
            var streams = listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static l => l.Split('\t')).GroupBy(static w => w[0]).ToDictionary(static g => g.Key, static g => int.Parse(g.First()[1], CultureInfo.InvariantCulture));
            foreach (var (stream, first) in streams.Take(2))
            {
                var name = $"{Path.GetFileName(path)} stream {stream}";
                var followed = await Shell.RunAsync(["tshark", "-n", "-r", path, "-q", "-z", $"follow,tcp,raw,{stream}"], limit: TimeSpan.FromMinutes(1));
                var (client, server) = Parse(followed.Output.Replace("\r", "", StringComparison.Ordinal));
                if (Follow(packets, first) is not { } ours) continue;
                compared++;
                octets += client.Length + server.Length;
                if ((ours.First != client || ours.Second != server) && (ours.First != server || ours.Second != client))
                    differences.Add($"{name}: {ours.First.Length / 2} and {ours.Second.Length / 2} octets, tshark {client.Length / 2} and {server.Length / 2}");
            }
        }

        Assert.True(differences.Count == 0 && compared >= 25 && octets > 100_000, $"{compared} streams, {differences.Count} differences:\n{string.Join('\n', differences)}");
    }

    // Node 1's octets are at the line's beginning, node 0's likewise behind a tab; what is missing stands in brackets.
    private static (string Client, string Server) Parse(string output)
    {
        var lines = output.Split('\n').SkipWhile(static l => !l.StartsWith("Node 1:", StringComparison.Ordinal)).Skip(1).TakeWhile(static l => !l.StartsWith('=')).ToArray();
        return (Join(lines.Where(static l => !l.StartsWith('\t'))), Join(lines.Where(static l => l.StartsWith('\t')).Select(static l => l.Trim())));
    }

    private static string Join(IEnumerable<string> lines) => Missing().Replace(string.Concat(lines.Where(IsHex)), "");

    private static bool IsHex(string line) => line.Length > 0 && line.All(Uri.IsHexDigit);

    private static (string First, string Second)? Follow(List<CapturedPacket> packets, int number)
    {
        var wanted = packets[number - 1];
        if (!ConversationFollower.TryCreate(wanted.Interface.LinkType, wanted.Bytes.Span, out var probe)) return null;
        for (var i = 0; i < number; i++) probe.Accept(packets[i].Interface.LinkType, packets[i].Bytes.Span, i + 1, null);
        ConversationFollower.TryCreate(wanted.Interface.LinkType, wanted.Bytes.Span, out var follower);
        var (first, second) = (new MemoryStream(), new MemoryStream());
        for (var i = 0; i < packets.Count && follower!.Incarnation <= probe.Incarnation; i++)
        {
            var pieces = follower.Accept(packets[i].Interface.LinkType, packets[i].Bytes.Span, i + 1, null) ?? [];
            if (follower.Incarnation != probe.Incarnation) continue;
            foreach (var piece in pieces) (piece.IsFromFirst ? first : second).Write(piece.Bytes.Span);
        }

        return (Convert.ToHexStringLower(first.ToArray()), Convert.ToHexStringLower(second.ToArray()));
    }

    private static List<CapturedPacket> Read(string path)
    {
        using var reader = new CaptureReader(File.OpenRead(path));
        var packets = new List<CapturedPacket>();
        while (reader.TryRead(out var packet)) packets.Add(packet);
        return packets;
    }
}
