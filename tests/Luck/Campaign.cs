using System.Diagnostics;
using System.Globalization;
using Fathom.Stack.Buffers;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Luck;

/// <summary>Many runs, and one run again.</summary>
internal static class Campaign
{
    public static int Run(int from, int count, TextWriter output, TextWriter complaints)
    {
        var start = Stopwatch.GetTimestamp();
        var kinds = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var faults = 0;
        long octets = 0, packets = 0, lost = 0;
        var longest = (Took: TimeSpan.Zero, Seed: 0);
        for (var seed = from; seed < from + count; seed++)
        {
            var outcome = PlaySafely(seed);
            octets += outcome.Octets;
            packets += outcome.Packets;
            lost += outcome.Lost;
            if (outcome.Took > longest.Took) longest = (outcome.Took, seed);
            kinds[outcome.Kind] = kinds.GetValueOrDefault(outcome.Kind) + 1;
            if (outcome.Fault is null) continue;
            faults++;
            complaints.WriteLine($"seed {seed}: {outcome.Fault}\n  again: tests/Luck/run.sh --seed {seed} --trace");
        }

        var took = Stopwatch.GetElapsedTime(start);
        output.WriteLine("| what | |");
        output.WriteLine("|---|---:|");
        Row(output, "runs", $"{count:N0} (seeds {from} to {from + count - 1})");
        Row(output, "faults", $"{faults:N0}");
        Row(output, "octets read and compared", $"{octets:N0}");
        Row(output, "packets sent", $"{packets:N0}");
        Row(output, "packets lost by the links", $"{lost:N0}");
        Row(output, "longest run, virtual", $"{longest.Took.TotalSeconds:N0} s (seed {longest.Seed})");
        Row(output, "time", $"{took.TotalSeconds:N0} s");
        foreach (var (kind, number) in kinds) Row(output, $"ended {kind} (client/server)", $"{number:N0}");
        return faults == 0 ? 0 : 1;
    }

    public static int Replay(int seed, bool traces, TextWriter output)
    {
        var scenario = Scenario.From(seed);
        output.WriteLine(scenario.Describe());
        var outcome = Luck.Run.Play(scenario, traces ? (at, isRightward, packet) => output.WriteLine(Describe(at, isRightward, packet)) : null);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{outcome.Fault ?? "as it should be"}: {outcome.Kind}, {outcome.Octets} octets, {outcome.Packets} packets, {outcome.Lost} lost, {outcome.Took.TotalSeconds:0.000} s"));
        return outcome.Fault is null ? 0 : 1;
    }

    /// <summary>Plays a seed; an exception is a fault like others.</summary>
    public static RunOutcome PlaySafely(int seed)
    {
#pragma warning disable CA1031 // whatever it is, the campaign goes on, and says which seed brings it back
        try
        {
            return Luck.Run.Play(Scenario.From(seed));
        }
        catch (Exception e)
        {
            return new RunOutcome($"{e.GetType().Name}: {e.Message} {e.StackTrace?.Split('\n')[0].Trim()}", "exception", 0, 0, 0, default);
        }
#pragma warning restore CA1031
    }

    private static void Row(TextWriter output, string what, FormattableString value) => output.WriteLine($"| {what} | {value.ToString(CultureInfo.InvariantCulture)} |");

    private static string Describe(TimeSpan at, bool isRightward, PacketBuffer packet)
    {
        var bytes = packet.Span;
        var start = bytes[0] >> 4 == 6 ? 40 : (bytes[0] & 15) * 4;
        var side = isRightward ? ">" : "      <";
        var protocol = (IpProtocol)(bytes[0] >> 4 == 6 ? bytes[6] : bytes[9]);
        if (protocol != IpProtocol.Tcp || !TcpSegment.TryRead(bytes[start..], out var segment, out _)) return string.Create(CultureInfo.InvariantCulture, $"{at.TotalSeconds:0.000000} {side} {protocol} {bytes.Length}");
        return string.Create(CultureInfo.InvariantCulture, $"{at.TotalSeconds:0.000000} {side} {segment.Flags.Describe()} {segment.SequenceNumber}+{segment.Payload.Length} ack {segment.AcknowledgmentNumber} win {segment.Window}{Sacks(segment)}");
    }

    private static string Sacks(TcpSegment segment)
    {
        var text = "";
        foreach (var option in segment.EnumerateOptions())
        {
            for (var i = 0; i < option.SackBlockCount; i++) text += $" {option.GetSackBlock(i).Left}:{option.GetSackBlock(i).Right}";
        }

        return text.Length == 0 ? "" : " sack" + text;
    }
}
