using System.Text.Json;
using Fathom.EndToEnd.Commands.Sockets;

namespace Fathom.EndToEnd.Stack;

/// <summary>iperf3 measures a host of Fathom's stack, and both ends agree on what went.</summary>
public sealed class IperfTests
{
    [Theory]
    [InlineData("-n 20M", 1, 0)]
    [InlineData("-6 -n 20M", 1, 0)]
    [InlineData("-n 20M -R", 0, 1)]
    [InlineData("-n 20M -P 3", 3, 0)]
    [InlineData("-t 1 --bidir -P 2", 2, 2)]
    [InlineData("-t 1 -b 8M -R", 0, 1)]
    public async Task A_test_over_TCP_runs_to_its_end(string options, int there, int back)
    {
        var streams = (await MeasureAsync(options)).GetProperty("streams").EnumerateArray().ToArray();
        Assert.Equal(there + back, streams.Length);
        foreach (var stream in streams)
        {
            var (sent, received) = (Octets(stream, "sender"), Octets(stream, "receiver"));

            // The end that receives is asked when the other has handed its last octets to its own host.
            Assert.True(received > 0 && received <= sent, $"{sent} sent, {received} received");
            // A megabyte in each second that it took: a busy machine makes more of one.
            if (options.Contains("-b 8M", StringComparison.Ordinal)) Assert.InRange(received, 1, 1_500_000 * Math.Max(1, stream.GetProperty("receiver").GetProperty("seconds").GetDouble()));
        }

        Assert.Equal(back, streams.Count(static s => !s.GetProperty("sender").GetProperty("sender").GetBoolean()));
    }

    // So slow that what comes in a second finds room in a socket that nobody reads meanwhile.
    [Theory]
    [InlineData("-u -b 1M -n 250K")]
    [InlineData("-u -b 1M -n 250K -R")]
    [InlineData("-u -b 1M -n 250K -R -P 2 -6 --udp-counters-64bit")]
    public async Task Datagrams_are_counted_and_none_is_lost(string options)
    {
        var sum = (await MeasureAsync(options)).GetProperty("sum");
        Assert.True(sum.GetProperty("packets").GetInt64() > 100, sum.ToString());
        Assert.Equal(0, sum.GetProperty("lost_packets").GetInt64());
        Assert.InRange(sum.GetProperty("jitter_ms").GetDouble(), 0, 1000);
    }

    [Fact]
    public async Task One_test_runs_at_a_time()
    {
        var result = await StackCommands.RunAsync("""
            host_up --serve iperf3
            iperf3 -c 10.77.0.2 -t 30 > first 2>&1 & first=$!
            until_true grep -q connected first
            echo "== second"; iperf3 -c 10.77.0.2 -t 1 2>&1
            kill -9 $first; wait $first 2>/dev/null

            # Whoever was cut off in the middle leaves the server free again.
            is_free() { iperf3 -c 10.77.0.2 -n 1M > third 2>&1; }; until_true is_free
            echo "== third"; cat third
            host_down
            """);
        result.OrFail();
        Assert.Contains("the server is busy running a test", result.Section("second"), StringComparison.Ordinal);
        Assert.Contains("iperf Done", result.Section("third"), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> MeasureAsync(string options)
    {
        var to = options.Contains("-6", StringComparison.Ordinal) ? "fd77::2" : "10.77.0.2";
        var result = (await StackCommands.RunAsync($"""
            host_up --serve iperf3
            echo "== json"; iperf3 -c {to} {options} -J; echo "== done"
            host_down
            """)).OrFail();
        var document = JsonDocument.Parse(result.Section("json")).RootElement;
        Assert.False(document.TryGetProperty("error", out var error), error.ToString());
        return document.GetProperty("end");
    }

    private static long Octets(JsonElement stream, string end) => stream.GetProperty(end).GetProperty("bytes").GetInt64();
}
