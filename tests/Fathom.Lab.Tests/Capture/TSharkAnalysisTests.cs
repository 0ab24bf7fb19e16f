using Fathom.Diagnosis;
using Fathom.Hosts.Transport;
using Fathom.Lab.Capture;
using Fathom.Lab.Internet;
using Fathom.Lab.Link;
using Fathom.Lab.Scenarios;
using Fathom.Lab.Tests.Matrix;
using Fathom.Lab.Tests.Support;

namespace Fathom.Lab.Tests.Capture;

/// <summary>TShark's analysis of TCP names what was put into a lab, and nothing that was not; no frame is malformed.</summary>
public sealed class TSharkAnalysisTests : IDisposable
{
    private const string Malformed = "_ws.malformed or _ws.expert.severity >= 8388608";
    private const string Trouble = "tcp.analysis.retransmission or tcp.analysis.fast_retransmission or tcp.analysis.duplicate_ack or tcp.analysis.out_of_order or tcp.analysis.lost_segment or tcp.analysis.zero_window";

    private static readonly LinkSettings Clean = new() { Delay = TimeSpan.FromMilliseconds(5), Rate = 20_000_000 };

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"fathom-tshark-{Guid.NewGuid():N}.pcapng");

    private int _dataLost;

    public void Dispose() => File.Delete(_path);

    [Fact]
    public async Task A_check_of_the_default_internet_is_clean_at_every_port()
    {
        using (var world = LabWorld.Create(BuiltInScenarios.Get(BuiltInScenarios.Default)))
        {
            using var capture = LabCapture.Start(world.Lab, File.Create(_path));
            Assert.Equal(VerdictStatus.Works, Check(world));
        }

        Assert.NotEmpty(await TShark.AskAsync(_path, "tls.handshake"));
        Assert.Empty(await TShark.AskAsync(_path, Malformed));
    }

    [Fact]
    public async Task A_check_of_the_default_internet_shows_no_trouble_at_the_host_that_checks()
    {
        using (var world = LabWorld.Create(BuiltInScenarios.Get(BuiltInScenarios.Default)))
        {
            using var capture = LabCapture.Start(world.Lab, File.Create(_path), world.From.Ports);
            Assert.Equal(VerdictStatus.Works, Check(world));
        }

        Assert.NotEmpty(await TShark.AskAsync(_path, "tls.handshake"));
        Assert.Empty(await TShark.AskAsync(_path, Trouble));
    }

    [Fact]
    public void The_scenario_of_a_capture_makes_the_same_capture_again()
    {
        Assert.Equal(Record(5), Record(5));
        Assert.NotEqual(Record(5), Record(6));

        static byte[] Record(ulong seed)
        {
            using var world = LabWorld.Create(BuiltInScenarios.Get(BuiltInScenarios.Default), new LabOptions { Seed = seed });
            var stream = new MemoryStream();
            using (LabCapture.Start(world.Lab, stream, leaveOpen: true)) Assert.Equal(VerdictStatus.Works, Check(world));
            return stream.ToArray();
        }
    }

    [Fact]
    public async Task A_healthy_transfer_has_none_of_it()
    {
        var link = Transfer(Clean);
        Assert.Equal(0, link.QueueDrops);
        Assert.Empty(await TShark.AskAsync(_path, Malformed));
        Assert.Empty(await TShark.AskAsync(_path, Trouble));
    }

    [Fact]
    public async Task Lost_frames_are_lost_segments_duplicate_acknowledgments_and_retransmissions()
    {
        var link = Transfer(Clean with { Loss = 0.02 });
        Assert.True(link.Lost > 5);
        Assert.Empty(await TShark.AskAsync(_path, Malformed));
        Assert.NotEmpty(await TShark.AskAsync(_path, "tcp.analysis.lost_segment"));
        Assert.NotEmpty(await TShark.AskAsync(_path, "tcp.analysis.duplicate_ack"));

        // What arrives late and whole TShark may take for out of order, as it guesses by time.
        var again = await TShark.AskAsync(_path, "(tcp.analysis.retransmission or tcp.analysis.fast_retransmission or tcp.analysis.out_of_order) and tcp.len > 0 and ip.dst == 203.0.113.21");
        Assert.True(again.Count >= _dataLost, $"{again.Count} for {_dataLost} of {link.Lost} lost");
    }

    [Fact]
    public async Task Frames_that_come_twice_are_retransmissions_in_vain()
    {
        var link = Transfer(Clean with { Duplicate = 0.02 });
        Assert.True(link.Duplicated > 5);
        Assert.Empty(await TShark.AskAsync(_path, Malformed));
        var twice = await TShark.AskAsync(_path, "(tcp.analysis.retransmission or tcp.analysis.spurious_retransmission or tcp.analysis.out_of_order) and tcp.len > 0 and ip.dst == 203.0.113.21");

        // A few of the frames are acknowledgments only, which TShark does not look at so.
        Assert.InRange(twice.Count, (int)(link.Duplicated * 8 / 10), (int)link.Duplicated);
        Assert.Empty(await TShark.AskAsync(_path, "tcp.analysis.lost_segment"));
    }

    [Fact]
    public async Task Frames_that_are_overtaken_are_out_of_order_with_duplicate_acknowledgments()
    {
        var link = Transfer(Clean with { Reorder = 0.02, ReorderDelay = TimeSpan.FromMilliseconds(2) });
        Assert.True(link.Reordered > 5);
        Assert.Empty(await TShark.AskAsync(_path, Malformed));
        var late = await TShark.AskAsync(_path, "(tcp.analysis.out_of_order or tcp.analysis.retransmission) and tcp.len > 0 and ip.dst == 203.0.113.21");
        Assert.True(late.Count >= link.Reordered * 8 / 10, $"{late.Count} late of {link.Reordered} overtaken");
        Assert.NotEmpty(await TShark.AskAsync(_path, "tcp.analysis.duplicate_ack"));
    }

    [Fact]
    public async Task A_program_that_does_not_read_is_a_zero_window_with_probes()
    {
        using (var sites = new Sites(outer: Clean))
        {
            Nat44.AddTo(sites.Outside);
            sites.S.Run(async (host, end) =>
            {
                var listener = (await host.Network.ListenAsync(new ListenOptions(Sites.At("203.0.113.21", 80)), end)).Value!;
                _ = await listener.AcceptAsync(end);
            });
            using var capture = LabCapture.Start(sites.Lab, File.Create(_path), sites.S.Ports);
            var connection = Assert.IsType<ConnectResult.Connected>(sites.Connect(sites.A, Sites.At("203.0.113.21", 80))).Connection;
            _ = sites.Lab.Start(async () => await connection.WriteAsync(new byte[10_000_000], default));
            sites.Lab.Run(TimeSpan.FromSeconds(30));
        }

        Assert.Empty(await TShark.AskAsync(_path, Malformed));
        Assert.NotEmpty(await TShark.AskAsync(_path, "tcp.analysis.zero_window and ip.src == 203.0.113.21"));
        Assert.NotEmpty(await TShark.AskAsync(_path, "tcp.analysis.window_full and ip.dst == 203.0.113.21"));

        // A probe without data, one octet back, as Linux sends it too: TShark knows such only as keep-alives.
        Assert.True((await TShark.AskAsync(_path, "tcp.analysis.keep_alive and ip.dst == 203.0.113.21")).Count >= 5);
        Assert.Empty(await TShark.AskAsync(_path, "tcp.analysis.lost_segment"));
    }

    private static VerdictStatus Check(LabWorld world) => MatrixRun.Check(world, world.Scenario.From, world.Scenario.Target, captures: false).Verdict.Status;

    // A megabyte through the router to an echo server and back, the data's way over the link in question; captured at the server.
    private LinkStatistics Transfer(LinkSettings toServer)
    {
        using var sites = new Sites(outer: Clean);
        Nat44.AddTo(sites.Outside);
        sites.ServeEcho(sites.S, "203.0.113.21", 80);
        var connection = Assert.IsType<ConnectResult.Connected>(sites.Connect(sites.A, Sites.At("203.0.113.21", 80))).Connection;
        var link = sites.Outside.Link!;
        link.ToRight.Settings = toServer;
        using var capture = LabCapture.Start(sites.Lab, File.Create(_path), sites.S.Ports);

        // Ethernet, IPv4 and TCP with timestamps and SACK take less.
        sites.Lab.FrameDropped += drop => _dataLost += drop.Octets.Length > 100 ? 1 : 0;
        Assert.Equal(1_000_000, sites.Exchange(connection, 1_000_000, 60));
        return link.ToRight.Statistics;
    }
}
