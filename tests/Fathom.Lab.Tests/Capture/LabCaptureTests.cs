using System.Globalization;
using Fathom.Hosts.Transport;
using Fathom.Lab.Capture;
using Fathom.Lab.Internet;
using Fathom.Lab.Link;
using Fathom.Lab.Tests.Support;

namespace Fathom.Lab.Tests.Capture;

/// <summary>TShark reads a lab's capture: nothing is malformed, and its analysis finds what the link did.</summary>
public class LabCaptureTests
{
    [Fact]
    public async Task TShark_finds_the_retransmissions_and_nothing_malformed()
    {
        using var sites = new Sites(outer: new LinkSettings { Delay = TimeSpan.FromMilliseconds(5), Rate = 20_000_000, Loss = 0.03 });
        Nat44.AddTo(sites.Outside);
        sites.ServeEcho(sites.S, "203.0.113.21", 80);
        var path = Path.Combine(Path.GetTempPath(), $"fathom-lab-{Environment.ProcessId}.pcapng");
        try
        {
            long frames;
            long dropped;
            using (var capture = LabCapture.Start(sites.Lab, File.Create(path), [sites.Outside]))
            {
                var connection = Assert.IsType<ConnectResult.Connected>(sites.Connect(sites.A, Sites.At("203.0.113.21", 80))).Connection;
                Assert.Equal(1_000_000, sites.Exchange(connection, 1_000_000, 60));
                capture.Flush();
                (frames, dropped) = (capture.Frames, capture.Dropped);
            }

            var all = await TShark.AskAsync(path, "frame");
            Assert.Equal(frames, all.Count);
            Assert.Empty(await TShark.AskAsync(path, "_ws.malformed or _ws.expert.severity >= 8388608"));
            Assert.Equal(all.Count, (await TShark.AskAsync(path, "frame.interface_name == \"router/wan\"")).Count);

            // Each lost frame of ours has its comment, and was sent again.
            var lost = await TShark.AskAsync(path, "frame.comment contains \"lost on the link\"");
            Assert.Equal(dropped, lost.Count);
            Assert.True(lost.Count > 5, $"{lost.Count} of {frames} lost");

            // What is sent again while later data is under way TShark may take for out of order, as it guesses by time.
            var data = await TShark.AskAsync(path, "frame.comment contains \"lost on the link\" and tcp.len > 0");
            var again = await TShark.AskAsync(path, "(tcp.analysis.retransmission or tcp.analysis.out_of_order) and ip.src == 203.0.113.1");
            Assert.True(again.Count >= data.Count, $"{again.Count} sent again for {data.Count} lost");
            Assert.True((await TShark.AskAsync(path, "tcp.analysis.fast_retransmission or tcp.analysis.retransmission")).Count > 0);
            Assert.Empty(await TShark.AskAsync(path, "ip.addr == 10.0.0.11"));

            // The lab's clock to the tick of 100 ns: the first frame after the 5 seconds in which the sites settled.
            Assert.StartsWith("1767268805.", all[0], StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Several_ports_are_several_interfaces_and_the_same_seed_gives_the_same_file()
    {
        Assert.Equal(Record(), Record());

        static byte[] Record()
        {
            using var sites = new Sites();
            Nat44.AddTo(sites.Outside);
            var stream = new MemoryStream();
            using (LabCapture.Start(sites.Lab, stream, leaveOpen: true))
            {
                var (a, s) = (sites.Open(sites.A, "10.0.0.11", 5000), sites.Open(sites.S, "203.0.113.21", 7));
                Assert.NotNull(sites.Pass(a, Sites.At("203.0.113.21", 7), s));
            }

            Assert.True(stream.Length > 2000);
            return stream.ToArray();
        }
    }

    [Fact]
    public void A_debugger_sees_what_comes_and_steps_through_it()
    {
        using var sites = new Sites();
        var s = sites.Open(sites.S, "203.0.113.21", 7);
        var a = sites.Open(sites.T, "203.0.113.22", 7);
        var sent = sites.Lab.Start(async () => await a.SendAsync(new byte[5], Sites.At("203.0.113.21", 7), new(), default));
        Assert.Contains(sites.Lab.NextEvents(10), static e => e.What.Contains("t sends", StringComparison.Ordinal));
        var seen = new List<string>();
        for (var i = 0; i < 100 && sites.S.Stack.Udp.GetStatistics().InDatagrams == 0; i++)
        {
            if (sites.Lab.NextEvents(1) is [var next]) seen.Add(next.What);
            Assert.True(sites.Lab.Step());
        }

        Assert.Equal(1, sites.S.Stack.Udp.GetStatistics().InDatagrams);
        Assert.Contains(seen, static w => w.Contains("arrives at s/eth0", StringComparison.Ordinal));
        Assert.True(sent.IsCompletedSuccessfully);
        Assert.NotNull(s);
    }
}
